import { Primitives } from '@palabre/sdk/contract/primitives'
import { testSeed, startTestHost, type TestHost } from '@palabre/sdk/testkit'
import * as fc from 'fast-check'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

type Host = TestHost<{ given: typeof Primitives }>

/** The same inputs to both providers, sound ones and hostile ones: the same bytes, the same refusals. */
const test = suite<{ noble: Primitives; node: Primitives; hosts: Host[] }>('both providers agree')

const seed = testSeed()
const runs = (numRuns: number) => ({ seed, numRuns })

test.before(async (context) => {
  const open = (id: string) =>
    startTestHost({ plugins: [join(import.meta.dirname, '../../plugins', id)], lend: { given: Primitives } })
  context.hosts = [await open('primitives-noble'), await open('primitives-node')]
  context.noble = context.hosts[0]!.lent.given
  context.node = context.hosts[1]!.lent.given
  assert.equal([context.noble.name, context.node.name], ['noble', 'node'])
})
test.after(async ({ hosts }) => {
  for (const host of hosts) await host.stop()
})

const bytes = (minLength: number, maxLength = minLength) => fc.uint8Array({ minLength, maxLength })
/** Sizes on both sides of where the fast one changes its way. */
const data = fc.oneof(bytes(0, 200), bytes(2000, 2100), bytes(5000, 6000))
/** Any 32 bytes, and those that trip decoders: near zero, near the prime, all ones. */
const point = fc.oneof(
  bytes(32),
  fc
    .tuple(
      fc.constantFrom(0x00, 0x01, 0xec, 0xed, 0xee, 0xff),
      fc.constantFrom(0x00, 0xff),
      fc.constantFrom(0x00, 0x7f, 0x80, 0xff),
    )
    .map(([first, middle, last]) => Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? first : i === 31 ? last : middle))),
)

test('hashes and keys derived', ({ noble, node }) => {
  fc.assert(
    fc.property(data, bytes(0, 100), bytes(0, 40), fc.integer({ min: 1, max: 300 }), (one, key, info, length) => {
      assert.equal(node.sha256(one), noble.sha256(one))
      assert.equal(node.sha512(one), noble.sha512(one))
      assert.equal(node.hmacSha256(key, one), noble.hmacSha256(key, one))
      assert.equal(node.hkdf(one, key, info, length), noble.hkdf(one, key, info, length))
    }),
    runs(200),
  )
})

test('agreements, hostile keys among them', ({ noble, node }) => {
  fc.assert(
    fc.property(bytes(32), point, (secret, key) => {
      assert.equal(node.x25519.generate(secret), noble.x25519.generate(secret))
      assert.equal(node.x25519.agree(secret, key), noble.x25519.agree(secret, key))
    }),
    runs(150),
  )
})

test('signatures, forged ones among them', ({ noble, node }) => {
  fc.assert(
    fc.property(bytes(32), data, point, point, bytes(32), fc.nat(63), (seedOfKey, message, signer, r, s, at) => {
      const { publicKey } = noble.ed25519.generate(seedOfKey)
      assert.equal(node.ed25519.generate(seedOfKey).publicKey, publicKey)
      const signature = noble.ed25519.sign(seedOfKey, message)
      assert.equal(node.ed25519.sign(seedOfKey, message), signature)
      const bent = signature.map((byte, i) => (i === at ? byte ^ 4 : byte))
      const forged = new Uint8Array([...r, ...s])
      for (const [key, tried] of [
        [publicKey, signature],
        [publicKey, bent],
        [signer, signature],
        [signer, forged],
      ] as const)
        assert.is(node.ed25519.verify(key, message, tried), noble.ed25519.verify(key, message, tried))
    }),
    runs(100),
  )
})

test('sealing and opening', ({ noble, node }) => {
  fc.assert(
    fc.property(bytes(32), bytes(24), data, bytes(0, 60), fc.nat(), (key, nonce, plaintext, associated, at) => {
      const sealed = noble.aead.seal(key, nonce, plaintext, associated)
      assert.equal(node.aead.seal(key, nonce, plaintext, associated), sealed)
      assert.equal(node.aead.open(key, nonce, sealed, associated), plaintext)
      const bent = sealed.map((byte, i) => (i === at % sealed.length ? byte ^ 1 : byte))
      assert.is(node.aead.open(key, nonce, bent, associated), undefined)
      assert.is(noble.aead.open(key, nonce, bent, associated), undefined)
    }),
    runs(200),
  )
})

test('ML-KEM: one encapsulates, the other opens, changed cipher texts too', ({ noble, node }) => {
  fc.assert(
    fc.property(bytes(64), fc.nat(1087), fc.boolean(), (seedOfKey, at, bend) => {
      const { publicKey } = noble.mlKem768.generate(seedOfKey)
      assert.equal(node.mlKem768.generate(seedOfKey).publicKey, publicKey)
      for (const [one, other] of [
        [noble, node],
        [node, noble],
      ] as const) {
        const { cipherText, secret } = one.mlKem768.encapsulate(publicKey)!
        const sent = bend ? cipherText.map((byte, i) => (i === at ? byte ^ 1 : byte)) : cipherText
        const opened = other.mlKem768.decapsulate(seedOfKey, sent)
        assert.equal(opened, one.mlKem768.decapsulate(seedOfKey, sent))
        if (!bend) assert.equal(opened, secret)
      }
    }),
    runs(40),
  )
})

test('Argon2id', async ({ noble, node }) => {
  const cost = fc.record({
    memory: fc.integer({ min: 32, max: 256 }),
    passes: fc.integer({ min: 1, max: 3 }),
    lanes: fc.integer({ min: 1, max: 3 }),
    length: fc.integer({ min: 4, max: 64 }),
  })
  await fc.assert(
    fc.asyncProperty(bytes(1, 40), bytes(8, 32), cost, async (password, salt, chosen) => {
      assert.equal(await node.argon2id(password, salt, chosen), await noble.argon2id(password, salt, chosen))
    }),
    runs(15),
  )
})

test.run()
