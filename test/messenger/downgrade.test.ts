import { encodeBody } from '@palabre/messenger-pipeline/body'
import { encodeContent } from '@palabre/messenger-pipeline/content'
import { definePlugin, toHex } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Identity } from '@palabre/sdk/contract/identity'
import { Keyring } from '@palabre/sdk/contract/keyring'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { Suite } from '@palabre/sdk/contract/suite'
import { testPlugin } from '@palabre/sdk/testkit'
import { createRatchetSuite } from '@palabre/suite-ratchet/ratchet-suite'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { meet, startPerson } from './person.ts'
import { envelopeOf, openStranger, random } from './stranger.ts'

/** Somebody who has a second suite beside the one of the house, which is said to be weaker. */
async function startWithWeaker() {
  const held: { suite?: Suite; keyring?: Keyring } = {}
  const weak = definePlugin({
    needs: { identity: Identity, primitives: Primitives, clock: Clock },
    provides: { suite: Suite },
    start: (lent) => ({ suite: (held.suite = { ...createRatchetSuite(lent), name: 'weak', strength: 1 }) }),
  })
  const hand = definePlugin({ needs: { keyring: Keyring }, start: ({ keyring }) => void (held.keyring = keyring) })
  const person = await startPerson({ more: [testPlugin('suite-weak', weak), testPlugin('hand', hand)] })
  return { person, suite: held.suite!, keyring: held.keyring! }
}

test('who has spoken the stronger suite with us is not heard in a weaker one, and the talk goes on in the stronger', async () => {
  const [ada, bob] = [await startWithWeaker(), await startWithWeaker()]
  await using a = ada.person
  await using b = bob.person
  await meet(a, b)

  const { offer } = (await ada.keyring.offers({ once: false })).find(({ suite }) => suite === 'weak')!
  const session = bob.suite.begin(offer, (await b.contacts.get(a.id))!.key)
  const content = encodeContent({ kind: 'text', id: toHex(random(16)), text: 'weak words', at: 0 })
  const body = encodeBody({ proof: random(16), epoch: 0, number: 0, part: 0, parts: 1, content })
  await using eve = await openStranger()
  const link = await eve.network.dial(a.network.addresses())
  await link.send(envelopeOf(random(16), bob.suite.seal(session, body).sealed))
  for await (const [kind] of link.frames) {
    assert.is(kind, 3, 'it is refused, and not acknowledged')
    break
  }

  assert.equal(await a.messenger.history(b.id, { limit: 10 }), [])
  await a.messenger.send(b.id, { text: 'strong words' })
  await b.seesText('strong words')
  await a.seesText('strong words', 'delivered')
})

test.run()
