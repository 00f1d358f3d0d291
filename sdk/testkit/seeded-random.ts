/** Random numbers that can be had again: a test prints its seed, and the seed gives the same run. */
export interface SeededRandom {
  readonly seed: number
  /** In [0, 1). */
  next(): number
  /** A whole number in [0, below). */
  below(limit: number): number
  bytes(length: number): Uint8Array
  pick<T>(items: readonly T[]): T
}

/** Mulberry32: 32 bits of state, good enough to shuffle a test and nothing more. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    seed,
    next,
    below,
    bytes: (length) => Uint8Array.from({ length }, () => below(256)),
    pick: (items) => items[below(items.length)]!,
  }
}

/** The seed of this run: the one that is asked for (`PALABRE_TEST_SEED=7 npm test`), else a fresh one. */
export function testSeed(): number {
  const { process } = globalThis as { readonly process?: { readonly env: Readonly<Record<string, string | undefined>> } }
  const asked = Number(process?.env['PALABRE_TEST_SEED'])
  return Number.isSafeInteger(asked) ? asked : freshSeed()
}

/** One that nobody has fixed: 31 bits. */
export function freshSeed(): number {
  return crypto.getRandomValues(new Uint8Array(4)).reduce((seed, byte) => seed * 256 + byte, 0) >>> 1
}
