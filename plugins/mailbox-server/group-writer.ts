import type { Kysely, Transaction } from 'kysely'
import { limits } from './limits.ts'
import type { Tables } from './tables.ts'

/** One step of a transaction that others share. It must not fail where it can help it: the whole group would. */
type Step<T> = (transaction: Transaction<Tables>) => Promise<T>

export interface GroupWriter {
  write<T>(step: Step<T>): Promise<T>
  /** Resolves when everything asked for is written. */
  close(): Promise<void>
}

interface Job {
  readonly step: Step<unknown>
  resolve(value: never): void
  reject(error: unknown): void
}

/** Waiting for the disk costs the same for one write and for many: those that wait share one transaction, in their order. */
export function createGroupWriter(database: Kysely<Tables>): GroupWriter {
  let waiting: Job[] = []
  let running: Promise<void> | undefined

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const jobs = waiting.slice(0, limits.group)
      waiting = waiting.slice(limits.group)
      await writeGroup(jobs)
    }
    running = undefined
  }

  async function writeGroup(jobs: readonly Job[]): Promise<void> {
    try {
      const values = await database.transaction().execute(async (transaction) => {
        const all: unknown[] = []
        for (const { step } of jobs) all.push(await step(transaction))
        return all
      })
      jobs.forEach(({ resolve }, index) => resolve(values[index] as never))
    } catch (error) {
      for (const { reject } of jobs) reject(error)
    }
  }

  return {
    write: (step) =>
      new Promise((resolve, reject) => {
        waiting.push({ step, resolve, reject })
        running ??= Promise.resolve().then(run)
      }),
    close: async () => {
      while (running !== undefined) await running
    },
  }
}
