import type { Identity } from '@palabre/sdk/contract/identity'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import * as crypto from 'node:crypto'
import { openPerson, openPrimitives } from './people.ts'
import { sharedX25519 } from './x25519.ts'

/**
 * A first message, read a second time straight from the page that describes it (plugins/suite-ratchet/README.md): with node:crypto
 * where it has the algorithm, with nothing of the suite's own.
 */
function readFirst(sealed: Uint8Array, kept: Uint8Array, me: Identity, { aead, mlKem768 }: Primitives) {
  // One generation, one key given: version, count, when (6), prekey (32 + 32), KEM seed (64), count (2), id (4), key (32), 1, KEM seed.
  const [prekey, prekeyPublic, oneTime, kemSeed] = [
    kept.slice(8, 40),
    kept.slice(40, 72),
    kept.slice(142, 174),
    kept.slice(175, 239),
  ]
  const [ephemeral, hint, cipherText] = [sealed.slice(0, 32), sealed.slice(32, 40), sealed.slice(40, 1128)]

  const mask = sha256(Buffer.from('palabre/v1/ratchet/hint'), ephemeral, prekeyPublic)
  assert.equal(Buffer.from(hint.subarray(0, 4)), mask.subarray(0, 4))
  const id = Buffer.from(hint.subarray(4).map((byte, i) => byte ^ mask[4 + i]!))
  assert.equal(id, Buffer.from(kept.subarray(138, 142)))

  const kemSecret = mlKem768.decapsulate(kemSeed, cipherText)!
  const third = sharedX25519(prekey, ephemeral)
  const introductionKey = hkdf(Buffer.concat([third, kemSecret]), ephemeral, 'palabre/v1/ratchet/introduction', 32)
  const head = sealed.subarray(0, 1128)
  const introduced = aead.open(introductionKey, sealed.subarray(1128, 1152), sealed.subarray(1152, 1337), head)!
  const [theirSigning, theirAgreement] = [introduced.slice(0, 32), introduced.slice(32, 64)]

  const shares = [sharedX25519(prekey, theirAgreement), me.agree(ephemeral)!, third, sharedX25519(oneTime, ephemeral), kemSecret]
  const kemKey = mlKem768.generate(kemSeed).publicKey
  const oneTimePublic = publicOf(oneTime)
  const publicKeys = sha256(theirSigning, theirAgreement, me.signingKey, me.agreementKey, prekeyPublic, kemKey, oneTimePublic)
  const info = Buffer.concat([Buffer.from('palabre/v1/ratchet/agreement'), sha256(sealed.subarray(0, 1337)), publicKeys])
  const secrets = hkdf(Buffer.concat([Buffer.alloc(32, 0xff), ...shares]), Buffer.alloc(32), info, 128)
  const [root, headerKey, binding] = [secrets.subarray(0, 32), secrets.subarray(32, 64), secrets.subarray(96)]

  const message = sealed.subarray(1337)
  const said = Buffer.concat([binding, Buffer.of(1)])
  const header = aead.open(headerKey, message.subarray(0, 24), message.subarray(24, 80), said)!
  const chain = hkdf(sharedX25519(prekey, header.subarray(0, 32)), root, 'palabre/v1/ratchet/root', 96).subarray(32, 64)
  const messageKey = crypto.createHmac('sha256', chain).update(Buffer.of(1)).digest()
  const frame = aead.open(
    messageKey,
    message.subarray(0, 24),
    message.subarray(80),
    Buffer.concat([said, message.subarray(24, 80)]),
  )!
  const length = frame[0]! * 256 + frame[1]!
  return {
    them: theirSigning,
    standing: Buffer.from(introduced.subarray(128)),
    numbers: Buffer.from(header.subarray(32)),
    told: Buffer.from(frame.subarray(2, 10)),
    body: Buffer.from(frame.subarray(10, 10 + length)).toString(),
    rest: Buffer.from(frame.subarray(10 + length)),
  }
}

test('a first message says what the page says, and nothing else', async () => {
  await using host = await openPrimitives('primitives-node')
  const { primitives } = host.lent
  await using ada = await openPerson(primitives)
  await using ben = await openPerson(primitives)
  const { prekeys, offer } = ben.suite.offer(ben.suite.createPrekeys(0), { once: true })
  const { sealed } = ada.suite.seal(ada.suite.begin(offer, ben.identity.signingKey), Buffer.from('hello'))
  const read = readFirst(sealed, prekeys, ben.identity, primitives)
  assert.equal(read.them, ada.identity.signingKey)
  assert.is(read.body, 'hello')
  assert.equal(read.standing, Buffer.concat([Buffer.of(1), Buffer.alloc(40)]))
  assert.equal(read.numbers, Buffer.alloc(8))
  assert.equal(read.told, sha256(sealed.subarray(0, 1337)).subarray(0, 8))
  assert.equal(read.rest, Buffer.alloc(read.rest.length), 'padding is zeros')
  assert.is(sealed.length, 1472)
})

function publicOf(secretKey: Uint8Array): Uint8Array {
  const nine = Buffer.alloc(32)
  nine[0] = 9
  return sharedX25519(secretKey, nine)
}

function hkdf(secret: Uint8Array, salt: Uint8Array, info: string | Uint8Array, length: number): Buffer {
  return Buffer.from(crypto.hkdfSync('sha256', secret, salt, info, length))
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  return crypto.createHash('sha256').update(Buffer.concat(parts)).digest()
}

test.run()
