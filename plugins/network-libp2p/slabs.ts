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

/** Each one that is made while others are in use is twice the one before: who sends little holds on to little. */
const sizes = { least: 128 * 1024, most: 512 * 1024 }
/** Smaller frames have buffers of their own, so that a link at rest holds on to little. */
const small = 4 * 1024
/** Empty ones that are kept while others are in use: more than a window of them. At rest one of the least is kept. */
const spare = 6

export function createSlabs(): Slabs {
  const owners = new Map<ArrayBufferLike, Slab>()
  const free: Slab[] = []
  let now: Slab | undefined
  let size = sizes.least

  const open = (): Slab => {
    const ready = free.pop()
    if (ready !== undefined) return ready
    const slab = { bytes: new Uint8Array(size), used: 0, frames: 0 }
    owners.set(slab.bytes.buffer, slab)
    if (owners.size > 1) size = Math.min(2 * size, sizes.most)
    return slab
  }

  const keep = (slab: Slab) => {
    slab.used = 0
    owners.set(slab.bytes.buffer, slab)
    free.push(slab)
  }

  const retire = (slab: Slab) => {
    const isAtRest = owners.size === free.length + 1
    if (isAtRest) {
      owners.clear()
      free.length = 0
      size = sizes.least
    }
    if (isAtRest ? slab.bytes.length === size : slab.bytes.length >= size && free.length < spare) keep(slab)
    else owners.delete(slab.bytes.buffer)
  }

  return {
    take(length) {
      if (length < small || length > sizes.least) return new Uint8Array(length)
      if (now !== undefined && now.used + length > now.bytes.length) {
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
