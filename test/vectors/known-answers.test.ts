import { Primitives } from '@palabre/sdk/contract/primitives'
import { startTestHost, type TestHost } from '@palabre/sdk/testkit'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bytes, groupsOf, hex, type Case } from './wycheproof.ts'

/** Every provider answers every published vector; each runs in a kernel, as it would for a person. */
for (const provider of ['primitives-noble', 'primitives-node']) {
  const test = suite<{ host: TestHost<{ given: typeof Primitives }> }>(provider)

  test.before(async (context) => {
    const folder = join(import.meta.dirname, '..', '..', 'plugins', provider)
    context.host = await startTestHost({ plugins: [folder], lend: { given: Primitives } })
  })
  test.after(async ({ host }) => host.stop())

  test('X25519', ({ host }) => {
    const { x25519 } = host.lent.given
    for (const { tests } of groupsOf<'public' | 'private' | 'shared'>('x25519_test')) {
      for (const one of tests) {
        const shared = hex(x25519.agree(bytes(one.private), bytes(one.public)))
        // Acceptable ones are what we refuse on purpose: low order, non-canonical. Whatever is not refused must be right.
        if (one.result === 'valid' || shared !== undefined) assert.is(shared, one.shared, about(one))
        if (one.flags?.some((flag) => flag === 'LowOrderPublic' || flag === 'NonCanonicalPublic' || flag === 'ZeroSharedSecret')) {
          assert.is(shared, undefined, about(one))
        }
      }
    }
  })

  test('Ed25519, strictly', ({ host }) => {
    const { ed25519 } = host.lent.given
    for (const { publicKey, tests } of groupsOf<'msg' | 'sig'>('ed25519_test')) {
      for (const one of tests) {
        assert.is(ed25519.verify(bytes(publicKey.pk), bytes(one.msg), bytes(one.sig)), one.result === 'valid', about(one))
      }
    }
  })

  test('XChaCha20-Poly1305', ({ host }) => {
    const { aead } = host.lent.given
    for (const { tests } of groupsOf<'key' | 'iv' | 'aad' | 'msg' | 'ct' | 'tag'>('xchacha20_poly1305_test')) {
      for (const one of tests.filter(({ iv }) => iv.length === 48)) {
        const opened = hex(aead.open(bytes(one.key), bytes(one.iv), bytes(one.ct + one.tag), bytes(one.aad)))
        assert.is(opened, one.result === 'valid' ? one.msg : undefined, about(one))
        if (one.result === 'valid') assert.is(hex(aead.seal(bytes(one.key), bytes(one.iv), bytes(one.msg), bytes(one.aad))), one.ct + one.tag, about(one))
      }
    }
  })

  test('HKDF-SHA-256', ({ host }) => {
    const { hkdf } = host.lent.given
    for (const { tests } of groupsOf<'ikm' | 'salt' | 'info' | 'okm'>('hkdf_sha256_test')) {
      for (const one of tests.filter(({ result }) => result === 'valid')) {
        assert.is(hex(hkdf(bytes(one.ikm), bytes(one.salt), bytes(one.info), one.size!)), one.okm, about(one))
      }
    }
  })

  test('HMAC-SHA-256', ({ host }) => {
    const { hmacSha256 } = host.lent.given
    for (const { tests, tagSize } of groupsOf<'key' | 'msg' | 'tag'>('hmac_sha256_test')) {
      for (const one of tests) {
        const tag = hex(hmacSha256(bytes(one.key), bytes(one.msg)))!.slice(0, tagSize! / 4)
        assert.is(tag === one.tag, one.result === 'valid', about(one))
      }
    }
  })

  test('ML-KEM-768: keys from seeds', ({ host }) => {
    const { mlKem768 } = host.lent.given
    for (const { tests } of groupsOf<'seed' | 'ek'>('mlkem_768_keygen_seed_test')) {
      for (const one of tests) assert.is(hex(mlKem768.generate(bytes(one.seed)).publicKey), one.ek, about(one))
    }
  })

  test('ML-KEM-768: decapsulation', ({ host }) => {
    const { mlKem768 } = host.lent.given
    for (const { tests } of groupsOf<'seed' | 'ek' | 'c' | 'K'>('mlkem_768_test')) {
      for (const one of tests.filter(({ seed }) => seed.length === 128)) {
        const secret = hex(mlKem768.decapsulate(bytes(one.seed), bytes(one.c)))
        assert.is(secret, one.result === 'valid' ? one.K : undefined, about(one))
      }
    }
  })

  test('ML-KEM-768: encapsulation to keys sound and broken', ({ host }) => {
    const { mlKem768 } = host.lent.given
    for (const { tests } of groupsOf<'m' | 'ek' | 'c' | 'K'>('mlkem_768_encaps_test')) {
      for (const one of tests) {
        const chosen = provider === 'primitives-noble' ? bytes(one.m) : undefined
        const made = mlKem768.encapsulate(bytes(one.ek), chosen)
        assert.is(made !== undefined, one.result === 'valid', about(one))
        if (chosen !== undefined && made !== undefined) assert.equal([hex(made.cipherText), hex(made.secret)], [one.c, one.K], about(one))
      }
    }
  })

  test.run()
}

function about({ tcId, comment, flags }: Case): string {
  return `case ${tcId} ${comment ?? ''} ${flags?.join(' ') ?? ''}`
}
