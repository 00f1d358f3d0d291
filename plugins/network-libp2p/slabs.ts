/**
 * Room for large frames that is used again: a fresh buffer for each keeps the garbage collector busier than the network. Frames are
 * given back about in the order in which they were taken.
 */
export interface Slabs {
  /** Bytes of chance content. */
  take(length: number): Uint8Array
  /** Whoever took it has no more use for it. What was not taken here is ignored. */
  giveBack(bytes: Uint8Array): void
}

interface Slab {
  readonly bytes: Uint8Array
  used: number
  frames: number
}

const size = 256 * 1024
/** Smaller frames have buffers of their own, so that a link at rest holds on to little. */
const small = 4 * 1024
/** Empty ones that are kept while others are in use, about a window of them, and at rest. */
const spare = 4
const spareAtRest = 1

export function createSlabs(): Slabs {
  const owners = new Map<ArrayBufferLike, Slab>()
  const free: Slab[] = []
  let now: Slab | undefined

  const retire = (slab: Slab) => {
    slab.used = 0
    free.push(slab)
    const kept = owners.size > free.length ? spare : spareAtRest
    while (free.length > kept) owners.delete(free.pop()!.bytes.buffer)
  }

  const open = (): Slab => {
    const slab = free.pop() ?? { bytes: new Uint8Array(size), used: 0, frames: 0 }
    owners.set(slab.bytes.buffer, slab)
    return slab
  }

  return {
    take(length) {
      if (length < small || length > size) return new Uint8Array(length)
      if (now !== undefined && now.used + length > size) {
        if (now.frames === 0) retire(now)
        now = undefined
      }
      now ??= open()
      const bytes = now.bytes.subarray(now.used, now.used + length)
      now.used += length
      now.frames++
      return bytes
    },
    giveBack({ buffer }) {
      const slab = owners.get(buffer)
      if (slab === undefined || --slab.frames > 0) return
      if (slab === now) now = undefined
      retire(slab)
    },
  }
}
