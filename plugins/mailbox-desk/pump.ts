import { toHex } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { MailboxAnswer } from '@palabre/sdk/contract/mailbox-wire'
import type { QueueStore } from '@palabre/sdk/contract/queue-store'

/** Sends what is in one queue to the one who collects, each block once for each stream, the oldest first. */
export interface Pump {
  /** There may be something new. */
  wake(): void
  acknowledged(name: Uint8Array): void
  /** Resolves when the queue is free for others to collect from. */
  stop(): Promise<void>
}

interface PumpSources {
  readonly store: QueueStore
  readonly clock: Pick<Clock, 'now'>
  readonly queue: number
  readonly slot: number
  readonly signal: AbortSignal
  /** Waits while the other side is behind. */
  say(answer: MailboxAnswer): Promise<void>
}

export function createPump({ store, clock, queue, slot, signal, say }: PumpSources): Pump {
  const sent = new Set<string>()
  let held: Promise<AsyncDisposable> | undefined
  let isRunning = false
  let again = false
  let stopped = false

  async function run(): Promise<void> {
    held ??= store.hold(queue)
    await held
    while (again && !stopped && !signal.aborted) {
      again = false
      for (const name of await store.names(queue, clock.now())) {
        if (stopped || sent.has(toHex(name))) continue
        const block = await store.block(queue, name)
        if (block === undefined) continue
        sent.add(toHex(name))
        await say({ kind: 'block', slot, name, block })
      }
      if (!again && !stopped) await say({ kind: 'empty', slot })
    }
  }

  async function runUntilEmpty(): Promise<void> {
    isRunning = true
    while (again && !stopped) await run().catch(failed)
    isRunning = false
  }

  /** A stream that ends takes its pump along; a database that fails is tried at the next deposit or collection. */
  async function failed(): Promise<void> {
    again = false
    await held?.catch(() => (held = undefined))
  }

  return {
    wake() {
      again = true
      if (!isRunning && !stopped) void runUntilEmpty()
    },
    acknowledged: (name) => void sent.delete(toHex(name)),
    async stop() {
      stopped = true
      const lent = await held?.catch(() => undefined)
      await lent?.[Symbol.asyncDispose]()
    },
  }
}
