import type { Holdings } from '@palabre/sdk/contract/plugins'

type Kind = keyof Holdings

/** Everything a plugin took and has not given back yet. */
export interface Ledger {
  /** Disposing the returned thing gives it back early; `forget` strikes it out because it is over by itself. */
  take(kind: Kind, giveBack: () => void | Promise<void>): Held
  /** Gives everything back, last taken first; one that throws is reported and does not stop the rest. */
  giveBack(): Promise<void>
  /** Gives back what is left, all at once and without waiting. */
  abandon(): void
  count(): Holdings
}

export interface Held extends Disposable {
  forget(): void
}

export function createLedger(onError: (error: unknown) => void): Ledger {
  const held = new Map<Held, { kind: Kind; giveBack: () => void | Promise<void> }>()

  const release = async (one: Held) => {
    const entry = held.get(one)
    held.delete(one)
    try {
      await entry?.giveBack()
    } catch (error) {
      onError(error)
    }
  }

  return {
    take(kind, giveBack) {
      const one: Held = { [Symbol.dispose]: () => void release(one), forget: () => void held.delete(one) }
      held.set(one, { kind, giveBack })
      return one
    },
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
