import type { Clock } from '@palabre/sdk/contract/clock'
import { foundAt, type Discovery } from '@palabre/sdk/contract/discovery'
import { isSeedName, seedNodes, type SeedSources } from './seeds.ts'

export interface BootstrapOptions extends SeedSources {
  /** Full addresses; one that starts with `/dnsaddr/` stands for those that its name lists. */
  readonly nodes: readonly string[]
  /** Names that list more. */
  readonly seeds: readonly string[]
  /** Milliseconds until they are named again. */
  readonly every: number
  readonly clock: Clock
  readonly random?: () => number
}

/** Names every node of the list in an order of chance, so that the first of it does not carry everybody, and again after a while. */
export function bootstrap({ nodes, seeds, every, clock, random = Math.random, ...sources }: BootstrapOptions): Discovery {
  const plain = nodes.filter((one) => !isSeedName(one))
  const names = [...nodes.filter(isSeedName), ...seeds.map((host) => `/dnsaddr/${host}`)]
  return {
    name: 'bootstrap',
    async *find({ self, signal }) {
      while (!signal.aborted) {
        // Those whose names must be asked for first do not hold up the others.
        yield* named(plain)
        if (names.length > 0) yield* named(await seedNodes(names, sources, signal))
        await clock.sleep(every, signal).catch(() => undefined)
      }

      function* named(addresses: readonly string[]) {
        for (const address of shuffled([...new Set(addresses)], random)) {
          const found = foundAt(address)
          if (signal.aborted) return
          if (found !== undefined && found.peer !== self) yield found
        }
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
