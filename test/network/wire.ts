/** The wire of a link, written down a second time: what the other side of the agreement would be built from. */
export const linkProtocol = '/palabre/link/1'
export const version = 1
export const kinds = { hello: 1, data: 2, taken: 3, goodbye: 6 } as const
export const tooLarge = 1
export const late = 6
/** Bytes in a frame at most, and how many frames of unknown kinds are put up with. */
export const frameLimit = 64 * 1024
export const unknownFrames = 1_000
/** Milliseconds for each step of a handshake. */
export const handshake = 10_000

export function frame(kind: number, payload: Uint8Array = new Uint8Array()): Uint8Array {
  const bytes = new Uint8Array(6 + payload.length)
  new DataView(bytes.buffer).setUint32(0, payload.length + 2)
  bytes.set([kind, version], 4)
  bytes.set(payload, 6)
  return bytes
}

/** A flag, sixteen bytes that name the link, and how many frames came. */
export function hello(resume: boolean): Uint8Array {
  const bytes = new Uint8Array(1 + 16 + 8)
  bytes[0] = resume ? 1 : 0
  crypto.getRandomValues(bytes.subarray(1, 17))
  return frame(kinds.hello, bytes)
}

export const announce4GiB = Uint8Array.of(0xff, 0xff, 0xff, 0xff, kinds.data, version)
