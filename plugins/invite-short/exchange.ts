import type { ByteStream } from '@palabre/sdk/contract/byte-stream'

/**
 * The stream `/palabre/invite/1`: the guest writes the id of an invite, 16 bytes, and ends its half; the inviter writes one byte, 1 and
 * then the link, or 0 when nobody can come in by that invite, and ends the other.
 */
export const protocol = '/palabre/invite/1'

export const answers = { over: 0, here: 1 } as const

export const limits = {
  /** Bytes of a short invite before it is read. */
  short: 512,
  addresses: 3,
  address: 128,
  answer: 12 * 1024,
  questions: 16,
  waits: 10_000,
} as const

/** All that comes until the other side ends its half; undefined, and nothing is kept, when it is more than it may be. */
export async function readAll({ bytes }: ByteStream, most: number): Promise<Uint8Array | undefined> {
  const all = new Uint8Array(most)
  let length = 0
  for await (const piece of bytes) {
    if (length + piece.length > most) return undefined
    all.set(piece, length)
    length += piece.length
  }
  return all.subarray(0, length)
}
