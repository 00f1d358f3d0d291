import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { keepPublicKeys, privateKey, rawPublic } from './raw-keys.ts'

const fresh = (n: number) => rawPublic(privateKey('x25519', new Uint8Array(32).fill(n)))

test('a key is made once, and apart for each algorithm', () => {
  const keys = keepPublicKeys()
  const raw = fresh(1)
  assert.is(keys.of('x25519', raw), keys.of('x25519', Uint8Array.from(raw)))
  assert.is(keys.of('ed25519', raw).asymmetricKeyType, 'ed25519')
})

test('only the last ones are kept', () => {
  const keys = keepPublicKeys(2)
  const first = keys.of('x25519', fresh(1))
  keys.of('x25519', fresh(2))
  assert.is(keys.of('x25519', fresh(1)), first)
  keys.of('x25519', fresh(3))
  assert.is.not(keys.of('x25519', fresh(1)), first)
})

test.run()
