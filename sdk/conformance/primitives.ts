import * as assert from 'uvu/assert'
import type { Primitives } from '../contract/primitives.ts'
import { lawWith, type Law } from './law.ts'

/** What every provider keeps to beside the published answers: who is refused, and what nobody's mistake may change. */
export const primitivesLaws: readonly Law<Primitives>[] = [
  lawWith('random bytes come in any number and never twice', async ({ randomBytes }) => {
    for (const length of [0, 1, 32, 65_537, 200_000]) assert.is(randomBytes(length).length, length)
    assert.not.equal(randomBytes(32), randomBytes(32))
    assert.ok(
      randomBytes(200_000)
        .subarray(-32)
        .some((byte) => byte !== 0),
      'the end is filled too',
    )
  }),
  lawWith('hashes have their lengths and depend on every byte', async ({ sha256, sha512, hmacSha256 }) => {
    assert.is(sha256(empty).length, 32)
    assert.is(sha512(empty).length, 64)
    assert.is(hmacSha256(of(1), empty).length, 32)
    assert.not.equal(sha256(of(1)), sha256(of(2)))
    assert.not.equal(sha512(of(1)), sha512(of(2)))
    assert.not.equal(hmacSha256(of(1), empty), hmacSha256(of(2), empty))
  }),
  lawWith('HKDF takes an empty salt for 32 zeros, and tells uses apart', async ({ hkdf }) => {
    assert.equal(hkdf(of(1), empty, of(2), 80), hkdf(of(1), new Uint8Array(32), of(2), 80))
    assert.not.equal(hkdf(of(1), empty, of(2), 32), hkdf(of(1), empty, of(3), 32))
  }),
  lawWith('two sides of an agreement hold the same secret', async ({ x25519 }) => {
    const [a, b] = [x25519.generate(), x25519.generate()]
    assert.equal(x25519.agree(a.secretKey, b.publicKey), x25519.agree(b.secretKey, a.publicKey))
    assert.equal(x25519.generate(a.secretKey).publicKey, a.publicKey)
  }),
  lawWith('a public key of low order, too large or of another length is refused', async ({ x25519 }) => {
    const { secretKey, publicKey } = x25519.generate()
    for (const bad of [new Uint8Array(32), of(1), topBitSet(publicKey), new Uint8Array(32).fill(0xff), publicKey.subarray(1)])
      assert.is(x25519.agree(secretKey, bad), undefined)
  }),
  lawWith('a signature holds for its signer and its message', async ({ ed25519 }) => {
    const [mine, other] = [ed25519.generate(), ed25519.generate()]
    const signature = ed25519.sign(mine.secretKey, of(1))
    assert.ok(ed25519.verify(mine.publicKey, of(1), signature))
    assert.equal(ed25519.sign(mine.secretKey, of(1)), signature, 'and is always the same')
    assert.not.ok(ed25519.verify(mine.publicKey, of(2), signature))
    assert.not.ok(ed25519.verify(other.publicKey, of(1), signature))
    assert.not.ok(ed25519.verify(mine.publicKey, of(1), flipped(signature, 3)))
    assert.not.ok(ed25519.verify(mine.publicKey, of(1), flipped(signature, 40)))
    assert.not.ok(ed25519.verify(mine.publicKey, of(1), signature.subarray(1)))
    assert.not.ok(ed25519.verify(mine.publicKey.subarray(1), of(1), signature))
  }),
  lawWith('a signer of small order is refused, whose signatures hold for anything', async ({ ed25519 }) => {
    const neutral = of(1)
    const forged = new Uint8Array(64)
    forged.set(neutral)
    assert.not.ok(ed25519.verify(neutral, of(7), forged))
  }),
  lawWith('who encapsulates and who decapsulates hold the same secret', async ({ mlKem768 }) => {
    const { publicKey, secretKey } = mlKem768.generate()
    assert.equal([publicKey.length, secretKey.length], [1184, 64])
    assert.equal(mlKem768.generate(secretKey).publicKey, publicKey)
    const made = mlKem768.encapsulate(publicKey)!
    assert.is(made.cipherText.length, 1088)
    assert.equal(mlKem768.decapsulate(secretKey, made.cipherText), made.secret)
  }),
  lawWith('a changed cipher text gives a secret nobody shares, one of another length gives none', async ({ mlKem768 }) => {
    const { publicKey, secretKey } = mlKem768.generate()
    const { cipherText, secret } = mlKem768.encapsulate(publicKey)!
    const other = mlKem768.decapsulate(secretKey, flipped(cipherText, 9))
    assert.is(other?.length, 32)
    assert.not.equal(other, secret)
    assert.is(mlKem768.decapsulate(secretKey, cipherText.subarray(1)), undefined)
    assert.is(mlKem768.encapsulate(publicKey.subarray(1)), undefined)
    assert.is(mlKem768.encapsulate(new Uint8Array(1184).fill(0xff)), undefined)
  }),
  lawWith('what is sealed opens with the same key, nonce and associated data, and with no other', async ({ aead, randomBytes }) => {
    const [key, nonce, said] = [randomBytes(32), randomBytes(24), of(5)]
    for (const length of [0, 1, 2031, 2032, 2033, 70_000]) {
      const plaintext = randomBytes(length)
      const sealed = aead.seal(key, nonce, plaintext, said)
      assert.is(sealed.length, length + 16)
      assert.equal(aead.open(key, nonce, sealed, said), plaintext)
      for (const at of [0, length, length + 15]) assert.is(aead.open(key, nonce, flipped(sealed, at), said), undefined)
      assert.is(aead.open(flipped(key, 0), nonce, sealed, said), undefined)
      assert.is(aead.open(key, flipped(nonce, 23), sealed, said), undefined)
      assert.is(aead.open(key, nonce, sealed, empty), undefined)
    }
    assert.is(aead.open(key, nonce, new Uint8Array(15), said), undefined)
  }),
  lawWith('nothing given is changed', async (primitives) => {
    const { aead, randomBytes, ed25519, x25519 } = primitives
    const given = [randomBytes(32), randomBytes(24), randomBytes(5000), randomBytes(9)] as const
    const before = given.map((bytes) => Uint8Array.from(bytes))
    const [key, nonce, data, said] = given
    aead.open(key, nonce, aead.seal(key, nonce, data, said), said)
    ed25519.verify(ed25519.generate(key).publicKey, data, ed25519.sign(key, data))
    x25519.agree(key, x25519.generate(key).publicKey)
    assert.equal(given, before)
  }),
  lawWith('Argon2id depends on all it is given', async ({ argon2id }) => {
    const cost = { memory: 64, passes: 1, lanes: 1, length: 32 }
    const salt = new Uint8Array(16)
    const key = await argon2id(of(1), salt, cost)
    assert.is(key.length, 32)
    assert.equal(await argon2id(of(1), salt, cost), key)
    assert.not.equal(await argon2id(of(2), salt, cost), key)
    assert.not.equal(await argon2id(of(1), flipped(salt, 0), cost), key)
    assert.not.equal(await argon2id(of(1), salt, { ...cost, passes: 2 }), key)
    assert.not.equal(await argon2id(of(1), salt, { ...cost, memory: 128 }), key)
  }),
  lawWith('Argon2id that nobody wants any more rejects with the reason', async ({ argon2id }) => {
    const controller = new AbortController()
    const reason = new Error('enough')
    const cost = { memory: 8192, passes: 2, lanes: 1, length: 32 }
    const working = argon2id(of(1), new Uint8Array(16), cost, { signal: controller.signal }).catch((error: unknown) => error)
    controller.abort(reason)
    assert.is(await working, reason)
  }),
]

const empty = new Uint8Array()

/** 32 bytes, the first of which is `n`. */
function of(n: number): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? n : 0))
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))
}

function topBitSet(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, i) => (i === 31 ? byte | 0x80 : byte))
}
