import type { Clock } from '@palabre/sdk/contract/clock'
import { foundAt, type Discovery } from '@palabre/sdk/contract/discovery'

/** Names every node of the list in an order of chance, so that the first of it does not carry everybody, and again after a while. */
export function bootstrap(nodes: readonly string[], every: number, clock: Clock, random: () => number = Math.random): Discovery {
  return {
    name: 'bootstrap',
    async *find({ signal }) {
      while (!signal.aborted) {
        for (const address of shuffled(nodes, random)) {
          const found = foundAt(address)
          if (signal.aborted) return
          if (found !== undefined) yield found
        }
        await clock.sleep(every, signal).catch(() => undefined)
      }
    },
  }
}

/** Fisher and Yates. */
function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const all = [...items]
  for (let last = all.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    ;[all[last], all[other]] = [all[other]!, all[last]!]
  }
  return all
}
