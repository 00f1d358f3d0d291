/** A row of bytes as long as one likes that looks like noise and is the same each time it begins. */
export interface Tide {
  /** The next so many. */
  next(length: number): Uint8Array
  /** Throws when these are not the next so many. */
  check(bytes: Uint8Array, length: number): void
}

/** A prime, so that no frame or window of a round size falls into step with it. */
const period = 1_048_573

export function createTide(): Tide {
  let at = 0

  const next = (length: number): Uint8Array => {
    const bytes = new Uint8Array(length)
    for (let done = 0; done < length;) {
      const [turn, from] = [Math.floor(at / period) & 0xff, at % period]
      const until = Math.min(period, from + length - done)
      // Each turn differs from the one before, so that one that is lost or comes twice is seen.
      for (let i = from; i < until; i++) bytes[done++] = water[i]! ^ turn
      at += until - from
    }
    return bytes
  }

  return {
    next,
    check(bytes, length) {
      if (bytes.length !== length) throw new Error(`${bytes.length} bytes in place of ${length}`)
      const begun = at
      const wanted = next(length)
      for (let i = 0; i < length; i++) {
        if (wanted[i] !== bytes[i]) throw new Error(`byte ${begun + i} is ${bytes[i]} in place of ${wanted[i]}`)
      }
    },
  }
}

const water = noise()

/** Xorshift, 32 bits (Marsaglia 2003). */
function noise(): Uint8Array {
  const bytes = new Uint8Array(period)
  for (let i = 0, x = 0x9e3779b9; i < period; i++) {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    bytes[i] = x & 0xff
  }
  return bytes
}
