import { Primitives } from '@palabre/sdk/contract/primitives'
import { startTestHost, type TestHost } from '@palabre/sdk/testkit'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { safetyNumber } from './safety-number.ts'
import { forPurpose, keysOf } from './seed-keys.ts'
import { signingKeyOf, userIdOf } from './user-id.ts'

/** What must never change: a person restored years later must be the same one. */
const test = suite<{ host: TestHost<{ primitives: typeof Primitives }>; primitives: Primitives }>('what follows from a seed')

test.before(async (context) => {
  const folder = new URL('../primitives-node', import.meta.url).pathname
  context.host = await startTestHost({ plugins: [folder], lend: { primitives: Primitives } })
  context.primitives = context.host.lent.primitives
})
test.after(({ host }) => host.stop())

const seed = () => Uint8Array.from({ length: 32 }, (_, i) => i)

test('its user id', ({ primitives }) => {
  const { signing } = keysOf(primitives, seed())
  assert.is(userIdOf(signing.publicKey), 'pal1kc5emn6ee7e2uvjl09elme4pg6jmhhlxprjna2fl7rjp2y8u4epqg6hepa')
  assert.equal(signingKeyOf(userIdOf(signing.publicKey)), signing.publicKey)
})

test('its agreement key', ({ primitives }) => {
  assert.is(
    Buffer.from(keysOf(primitives, seed()).agreement.publicKey).toString('hex'),
    '0c2b246ac3e1052d40ed5d44eaa1b2d1f85a65b83a8391141747205c2487e024',
  )
})

test('its safety number with another, whoever asks', ({ primitives }) => {
  const mine = keysOf(primitives, seed()).signing.publicKey
  const theirs = keysOf(primitives, seed().fill(9)).signing.publicKey
  assert.is(safetyNumber(primitives, mine, theirs), '485322201261476499741039155863829734270407139913831367065884')
  assert.is(safetyNumber(primitives, theirs, mine), safetyNumber(primitives, mine, theirs))
})

test('what is signed for a purpose', () => {
  assert.is(new TextDecoder().decode(forPurpose('invite', Uint8Array.of(65))), 'palabre/v1/sign/invite\u0000A')
})

test('forgotten secrets are overwritten', ({ primitives }) => {
  const keys = keysOf(primitives, seed())
  keys.forget()
  for (const { secretKey } of [keys.signing, keys.agreement]) assert.equal(secretKey, new Uint8Array(32))
})

test('an id of another kind, or of another length, is none', () => {
  // Sound bech32m, and not ours: BIP 350's own examples.
  for (const foreign of ['A1LQFN3A', 'abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx'])
    assert.throws(() => signingKeyOf(foreign), /not a user id/)
})

test.run()
