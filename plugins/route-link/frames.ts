import { fromHex, joinBytes, toHex } from '@palabre/sdk'

/**
 * What two messengers say on a link:
 *
 *     kind 1 | version 1 | payload
 *     1 envelope: id 16 | sealed
 *     2 taken:    (id 16 | proof 16) …
 *     3 refused:  id 16 …
 *
 * A kind that is not known is skipped; another version ends the link.
 */
export type Frame =
  | { readonly kind: 'envelope'; readonly id: string; readonly sealed: Uint8Array }
  | { readonly kind: 'taken'; readonly proofs: readonly { readonly id: string; readonly proof: Uint8Array }[] }
  | { readonly kind: 'refused'; readonly ids: readonly string[] }

const version = 1
const kinds = { envelope: 1, taken: 2, refused: 3 } as const

export function encodeFrame(frame: Frame): Uint8Array {
  const head = Uint8Array.of(kinds[frame.kind], version)
  if (frame.kind === 'envelope') return joinBytes(head, fromHex(frame.id)!, frame.sealed)
  if (frame.kind === 'taken') return joinBytes(head, ...frame.proofs.flatMap(({ id, proof }) => [fromHex(id)!, proof]))
  return joinBytes(head, ...frame.ids.map((id) => fromHex(id)!))
}

/** `unknown` for a kind of a newer program; undefined for what breaks the agreement. */
export function decodeFrame(bytes: Uint8Array): Frame | 'unknown' | undefined {
  if (bytes.length < 2 || bytes[1] !== version) return undefined
  const payload = bytes.subarray(2)
  switch (bytes[0]) {
    case kinds.envelope:
      return payload.length > 16 ? { kind: 'envelope', id: toHex(payload.subarray(0, 16)), sealed: payload.slice(16) } : undefined
    case kinds.taken:
      return payload.length % 32 === 0
        ? { kind: 'taken', proofs: piecesOf(payload, 32).map((one) => ({ id: toHex(one.subarray(0, 16)), proof: one.slice(16) })) }
        : undefined
    case kinds.refused:
      return payload.length % 16 === 0 ? { kind: 'refused', ids: piecesOf(payload, 16).map(toHex) } : undefined
    case undefined:
    default:
      return 'unknown'
  }
}

const piecesOf = (bytes: Uint8Array, length: number) =>
  Array.from({ length: bytes.length / length }, (_, index) => bytes.subarray(index * length, (index + 1) * length))
