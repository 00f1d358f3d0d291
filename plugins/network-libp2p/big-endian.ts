/**
 * Whole numbers in bytes, the highest first. Not by a `DataView`: small arrays lie in the heap until somebody asks for their buffer,
 * and every frame has such a number.
 */
export function writeWhole(bytes: Uint8Array, at: number, width: number, value: number): void {
  for (let i = at + width - 1, rest = value; i >= at; i--) {
    bytes[i] = rest % 256
    rest = Math.floor(rest / 256)
  }
}

/** Exact up to 2^53. */
export function readWhole(bytes: Uint8Array, at: number, width: number): number {
  let value = 0
  for (let i = at; i < at + width; i++) value = value * 256 + bytes[i]!
  return value
}
