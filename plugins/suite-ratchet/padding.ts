import { join, number, numberAt } from './bytes.ts'
import { limits } from './limits.ts'

/**
 * What is sealed: length of the body (2 bytes) | aside (8 bytes) | body | zeros, so that the whole message, with `around` bytes that
 * are not inside, has one of few sizes.
 */
export function pad(aside: Uint8Array, body: Uint8Array, around: number): Uint8Array {
  const bare = around + frameSize + body.length
  return join(number(body.length, 2), aside, body, new Uint8Array(sizeOnGrid(bare) - bare))
}

export function unpad(frame: Uint8Array): { aside: Uint8Array; body: Uint8Array } | undefined {
  if (frame.length < frameSize) return undefined
  const end = frameSize + numberAt(frame, 0, 2)
  return end > frame.length ? undefined : { aside: frame.slice(2, frameSize), body: frame.slice(frameSize, end) }
}

/** Padmé (Nikitin et al., 2019): at most 12 % more, and only O(log log n) bits of the length are told. Never below 256. */
function sizeOnGrid(length: number): number {
  if (length <= limits.smallest) return limits.smallest
  const magnitude = Math.floor(Math.log2(length))
  const step = 2 ** (magnitude - Math.floor(Math.log2(magnitude)) - 1)
  return Math.ceil(length / step) * step
}

const frameSize = 10
