import type { Kysely, Transaction } from 'kysely'
import type { Neighbours } from './database-kind.ts'
import { faultOf } from './database-faults.ts'
import { limits } from './limits.ts'
import type { Tables } from './tables.ts'

/** One step of a transaction that others share. It may run again. It must not fail where it can help it: the whole group would. */
type Step<T> = (transaction: Transaction<Tables>) => Promise<T>

type SharedStep<Asked, T> = (transaction: Transaction<Tables>, asked: readonly Asked[]) => Promise<readonly T[]>

export interface GroupWriter {
  write<T>(step: Step<T>, about?: About): Promise<T>
  /** For what is asked often: those that come one after the other share a step, which answers each of them in their order. */
  together<Asked, T>(step: SharedStep<Asked, T>): (asked: Asked, about?: About) => Promise<T>
  /** What kept the last write from being done. */
  readonly trouble: unknown
  /** Resolves when everything asked for is written. */
  close(): Promise<void>
}

interface About {
  /** The queue that the step changes: nobody else does until the transaction ends. */
  readonly queue: number
  /** Whoever serves this queue must look again. */
  readonly isNews?: boolean
}

interface Job {
  readonly step: SharedStep<never, unknown>
  readonly asked: unknown
  readonly about: About | undefined
  resolve(value: never): void
  reject(error: unknown): void
}

/** Waiting for the disk costs the same for one write and for many: those that wait share one transaction, in the order of each queue. */
export function createGroupWriter(database: Kysely<Tables>, neighbours?: Neighbours): GroupWriter {
  let waiting: Job[] = []
  let running: Promise<void> | undefined
  let trouble: unknown

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const jobs = waiting.slice(0, limits.group)
      waiting = waiting.slice(limits.group)
      await writeGroup(jobs)
    }
    running = undefined
  }

  async function writeGroup(jobs: readonly Job[], triesLeft: number = limits.clashes): Promise<void> {
    try {
      const values = await database.transaction().execute((transaction) => perform(jobs, transaction))
      trouble = undefined
      jobs.forEach(({ resolve }, index) => resolve(values[index] as never))
    } catch (error) {
      if (triesLeft > 0 && neighbours?.isClash(error) === true) return writeGroup(jobs, triesLeft - 1)
      trouble = faultOf(error)
      for (const { reject } of jobs) reject(trouble)
    }
  }

  async function perform(jobs: readonly Job[], transaction: Transaction<Tables>): Promise<unknown[]> {
    const values: unknown[] = []
    const queues = new Set(jobs.flatMap(({ about }) => about?.queue ?? []))
    if (queues.size > 0) await neighbours?.lock(transaction, [...queues])
    for (const [first, ...others] of runsOf(jobs)) {
      const asked = [first, ...others].map((job) => job.asked)
      values.push(...(await first.step(transaction, asked as never[])))
    }
    const news = new Set(jobs.flatMap(({ about }) => (about?.isNews === true ? [about.queue] : [])))
    if (news.size > 0) await neighbours?.tell(transaction, [...news])
    return values
  }

  const add = <Asked, T>(step: SharedStep<Asked, T>, asked: Asked, about?: About) =>
    new Promise<T>((resolve, reject) => {
      waiting.push({ step, asked, about, resolve, reject })
      running ??= Promise.resolve().then(run)
    })

  return {
    write: (step, about) => add(async (transaction) => [await step(transaction)], undefined, about),
    together: (step) => (asked, about) => add(step, asked, about),
    get trouble() {
      return trouble
    },
    close: async () => {
      while (running !== undefined) await running
    },
  }
}

/** Those of the same step that follow each other. */
function runsOf(jobs: readonly Job[]): [Job, ...Job[]][] {
  const runs: [Job, ...Job[]][] = []
  for (const job of jobs) {
    const last = runs.at(-1)
    if (last?.[0].step === job.step) last.push(job)
    else runs.push([job])
  }
  return runs
}
