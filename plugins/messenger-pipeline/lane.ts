import type { Store } from '@palabre/sdk/contract/store'
import { createBatch, type Batch } from './batch.ts'
import { decodePeerState, encodePeerState, type PeerState } from './peer-state.ts'
import { limits } from './limits.ts'
import type { QueuedRows } from './queued-rows.ts'

/** One step on the state of one person: what it pushes into the batch and the state it returns are committed together or not at all. */
export type Step<T> = (state: PeerState | undefined, batch: Batch) => Stepped<T> | Promise<Stepped<T>>

interface Stepped<T> {
  /** The next state; left out when it stays. */
  readonly state?: PeerState | undefined
  readonly value: T
  /** Runs once it is committed. */
  readonly done?: (() => void) | undefined
}

/**
 * Everything that touches one person's session goes through their lane, one step after the other. Steps that wait while a commit is
 * under way share the next one: that is what makes many messages cheap.
 */
export interface Lane {
  run<T>(step: Step<T>): Promise<T>
  /** Without waiting for steps that are under way. */
  hasSession(): Promise<boolean>
  /** Resolves when nothing is under way. */
  quiet(): Promise<void>
}

interface Waiting {
  readonly step: Step<unknown>
  resolve(value: unknown): void
  reject(error: unknown): void
}

export function createLane(contact: string, store: Store, outbox: QueuedRows, onFailure: () => Promise<void>): Lane {
  const queue: Waiting[] = []
  let state: PeerState | undefined
  let isLoaded = false
  let running: Promise<void> | undefined

  async function work(): Promise<void> {
    while (queue.length > 0) {
      const together = queue.splice(0, limits.batch)
      try {
        if (!isLoaded) await load()
        await commitTogether(together)
      } catch (error) {
        // The state at hand may be ahead of what is kept.
        isLoaded = false
        await onFailure().catch(() => undefined)
        for (const { reject } of together) reject(error)
      }
    }
    running = undefined
  }

  async function load(): Promise<void> {
    const kept = await store.record('session', contact)
    state = kept === undefined ? undefined : decodePeerState(kept)
    isLoaded = true
  }

  async function commitTogether(together: readonly Waiting[]): Promise<void> {
    const batch = createBatch(store, outbox)
    const done: (() => void)[] = []
    let next = state
    for (const { step, resolve, reject } of together) {
      const part = batch.fork()
      try {
        const stepped = await step(next, part)
        batch.absorb(part)
        next = stepped.state ?? next
        done.push(() => {
          stepped.done?.()
          resolve(stepped.value)
        })
      } catch (error) {
        reject(error)
      }
    }
    if (next !== undefined && next !== state) batch.push({ do: 'put', kind: 'session', key: contact, value: encodePeerState(next) })
    if (batch.changes.length > 0) await store.commit(batch.changes)
    state = next
    for (const tell of done) tell()
  }

  const run: Lane['run'] = (step) =>
    new Promise((resolve, reject) => {
      queue.push({ step, resolve: resolve as (value: unknown) => void, reject })
      running ??= Promise.resolve().then(work)
    })

  return {
    run,
    hasSession: async () => (isLoaded ? state !== undefined : run((kept) => ({ value: kept !== undefined }))),
    quiet: async () => {
      while (running !== undefined) await running
    },
  }
}
