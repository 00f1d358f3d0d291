import type { Primitives } from '@palabre/sdk/contract/primitives'
import * as assert from 'uvu/assert'

/** Fails where a key meets a nonce a second time; every pair under which something was sealed stands in `sealed`. */
export function watched(primitives: Primitives, sealed: Set<string>): Primitives {
  const { aead } = primitives
  return {
    ...primitives,
    aead: {
      open: aead.open,
      seal(key, nonce, plaintext, associated) {
        const pair = Buffer.concat([key, nonce]).toString('latin1')
        assert.not.ok(sealed.has(pair), 'a key met a nonce twice')
        sealed.add(pair)
        return aead.seal(key, nonce, plaintext, associated)
      },
    },
  }
}
