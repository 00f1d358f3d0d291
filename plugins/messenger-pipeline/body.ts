import { joinBytes } from '@palabre/sdk'
import { limits } from './limits.ts'

/**
 * What one envelope holds when it is open: a whole content, or a part of it.
 *
 *     version 1 | proof 16 | epoch 4 | number 4 | part 1 | parts 1 | content
 */
export interface Body {
  /** Shown to acknowledge: only who opened the envelope knows it. */
  readonly proof: Uint8Array
  /** Which numbering; zero stands outside of any order. */
  readonly epoch: number
  readonly number: number
  readonly part: number
  readonly parts: number
  readonly content: Uint8Array
}

const version = 1
const headLength = 27
export const proofLength = 16

export function encodeBody({ proof, epoch, number, part, parts, content }: Body): Uint8Array {
  const head = new Uint8Array(headLength)
  const view = new DataView(head.buffer)
  head[0] = version
  head.set(proof, 1)
  view.setUint32(17, epoch)
  view.setUint32(21, number)
  head[25] = part
  head[26] = parts
  return joinBytes(head, content)
}

/** Undefined when it is none of this version. */
export function decodeBody(bytes: Uint8Array): Body | undefined {
  if (bytes.length < headLength || bytes[0] !== version) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const body = {
    proof: bytes.slice(1, 17),
    epoch: view.getUint32(17),
    number: view.getUint32(21),
    part: bytes[25]!,
    parts: bytes[26]!,
    content: bytes.slice(headLength),
  }
  return body.parts >= 1 && body.parts <= limits.parts && body.part < body.parts ? body : undefined
}

/** A content in pieces that fit an envelope each. */
export function piecesOf(content: Uint8Array): Uint8Array[] {
  const count = Math.max(1, Math.ceil(content.length / limits.part))
  return Array.from({ length: count }, (_, index) => content.subarray(index * limits.part, (index + 1) * limits.part))
}
