import type { Primitives } from '@palabre/sdk/contract/primitives'
import { createHmac, randomBytes } from 'node:crypto'

/** The two that a store asks for. */
export const primitives = {
  randomBytes: (length: number) => new Uint8Array(randomBytes(length)),
  hmacSha256: (key: Uint8Array, data: Uint8Array) => new Uint8Array(createHmac('sha256', key).update(data).digest()),
} as Primitives
