import type { Holdings } from '@palabre/sdk/contract/plugins'

type Kind = keyof Holdings
type GiveBack = () => void | Promise<void>

/** Everything a plugin took and has not given back yet. */
export interface Ledger {
  /** Disposing the returned thing gives it back early. It is handed to plugins, so it can do nothing else. */
  take(kind: Kind, giveBack: GiveBack): Disposable
  /** Strikes out what is over by itself. */
  forget(held: Disposable): void
  /** Gives everything back, last taken first; one that throws is reported and does not stop the rest. */
  giveBack(): Promise<void>
  /** Gives back what is left, all at once and without waiting. */
  abandon(): void
  count(): Holdings
}

export function createLedger(onError: (error: unknown) => void): Ledger {
  const held = new Map<Disposable, { readonly kind: Kind; readonly giveBack: GiveBack }>()

  const release = async (one: Disposable) => {
    const giveBack = held.get(one)?.giveBack
    held.delete(one)
    try {
      await giveBack?.()
    } catch (error) {
      onError(error)
    }
  }

  return {
    take(kind, giveBack) {
      const one: Disposable = { [Symbol.dispose]: () => void release(one) }
      held.set(one, { kind, giveBack })
      return one
    },
    forget: (one) => void held.delete(one),
    async giveBack() {
      for (const one of [...held.keys()].toReversed()) await release(one)
    },
    abandon() {
      for (const one of [...held.keys()].toReversed()) void release(one)
    },
    count() {
      const counts = { taps: 0, timers: 0, commands: 0, services: 0, contributions: 0, others: 0 }
      for (const { kind } of held.values()) counts[kind]++
      return counts
    },
  }
}
