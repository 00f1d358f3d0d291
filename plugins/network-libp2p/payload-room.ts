const most = 256 * 1024

/**
 * Room for large payloads that somebody else will own: they lie beside each other, because a buffer for each keeps the garbage
 * collector busier than the network. It grows with what is taken, so that who brings little costs little.
 */
export function createPayloadRoom(): (length: number) => Uint8Array {
  let size = 0
  let free = new Uint8Array()
  return (length) => {
    if (length > free.length) {
      size = Math.min(Math.max(2 * size, length), most)
      free = new Uint8Array(size)
    }
    const bytes = free.subarray(0, length)
    free = free.subarray(length)
    return bytes
  }
}
