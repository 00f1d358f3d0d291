import type { QueueStore } from '@palabre/sdk/contract/queue-store'
import type { SeededRandom } from '@palabre/sdk/testkit'

/** What a mailbox may do to its users, each between 0, never, and 1, always. */
export interface Malice {
  /** Says that it keeps a block and does not. */
  readonly lose?: number
  /** Says that it is full, that it knows no such queue, or that it cannot. */
  readonly refuse?: number
  /** Forgets nothing that was acknowledged, and brings it again under another name. */
  readonly replay?: number
  /** Gives blocks in another order. */
  readonly reorder?: number
  /** Turns bits of a block, or its end into zeros. */
  readonly alter?: number
  /** Gives a block of another queue in place of this one. */
  readonly swap?: number
  /** Keeps a block back until it is asked again. */
  readonly withhold?: number
}

export interface Bent {
  readonly bend: (real: QueueStore) => QueueStore
  /** How often it did what. */
  readonly times: Record<keyof Malice, number>
}

/** A store that does wrong by chance, behind the real desk and the real wire. */
export function bentStore(random: SeededRandom, malice: Malice): Bent {
  const times = { lose: 0, refuse: 0, replay: 0, reorder: 0, alter: 0, swap: 0, withhold: 0 }
  const strikes = (kind: keyof Malice) => {
    const isStruck = random.next() < (malice[kind] ?? 0)
    if (isStruck) times[kind] += 1
    return isStruck
  }

  return {
    times,
    bend(real) {
      const seen: Uint8Array[] = []
      return {
        ...real,
        async deposit(queue, block, now) {
          if (strikes('refuse')) return random.pick(['full', 'unknown'] as const)
          if (strikes('lose')) return 'kept'
          return real.deposit(queue, block, now)
        },
        async names(queue, now) {
          let names = [...(await real.names(queue, now))]
          names = names.filter(() => !strikes('withhold'))
          return names.length > 1 && strikes('reorder') ? shuffled(names, random) : names
        },
        async block(queue, name) {
          const body = await real.block(queue, name)
          if (body === undefined) return undefined
          if (strikes('swap') && seen.length > 0) return random.pick(seen)
          seen.push(body.slice())
          return strikes('alter') ? altered(body, random) : body
        },
        async acknowledge(queue, names) {
          for (const name of names) {
            const body = strikes('replay') ? await real.block(queue, name) : undefined
            await real.acknowledge(queue, [name])
            if (body !== undefined) await real.deposit(queue, { name: random.bytes(16), body }, Number.MAX_SAFE_INTEGER / 2)
          }
        },
      }
    },
  }
}

function shuffled<T>(items: readonly T[], random: SeededRandom): T[] {
  return items
    .map((item) => ({ item, at: random.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

function altered(body: Uint8Array, random: SeededRandom): Uint8Array {
  const bytes = body.slice()
  if (random.next() < 0.5) return bytes.fill(0, random.below(bytes.length))
  bytes[random.below(bytes.length)]! ^= 1 << random.below(8)
  return bytes
}
