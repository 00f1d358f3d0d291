import { definePlugin, fromHex } from '@palabre/sdk'
import { routeHook, type EnvelopeSeen } from '@palabre/sdk/contract/message-hooks'
import { testPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { meet, startPerson, type TestPerson } from './person.ts'
import { answersOn, envelopeOf, openStranger, random } from './stranger.ts'

const count = async (person: TestPerson, other: TestPerson) => (await person.messenger.history(other.id, { limit: 500 })).length

test('a thousand envelopes of an unknown node that nobody can open: refused, a bounded number looked at, then the link ends', async () => {
  await using ada = await startPerson()
  await using bob = await startPerson()
  await using eve = await openStranger()
  await meet(ada, bob)
  const link = await eve.network.dial(ada.network.addresses())
  const answers = answersOn(link)
  for (let sent = 0; sent < 1_000 && link.state !== 'closed'; sent++) {
    await link.send(envelopeOf(random(16), random(400))).catch(() => undefined)
  }
  await link.closed
  const refused = (await answers).filter(([kind]) => kind === 3).reduce((sum, frame) => sum + (frame.length - 2) / 16, 0)
  assert.ok(refused >= 64 && refused <= 200, `${refused} were looked at`)
  assert.not.ok(
    (await answers).some(([kind]) => kind === 2),
    'nothing is acknowledged',
  )
  await bob.messenger.send(ada.id, { text: 'still here' })
  await ada.seesText('still here')
})

test('what breaks the agreement ends the link; what is of an unknown kind does not', async () => {
  await using ada = await startPerson()
  await using eve = await openStranger()
  const link = await eve.network.dial(ada.network.addresses())
  const frames = link.frames[Symbol.asyncIterator]()
  await link.send(Uint8Array.of(200, 1, 1, 2, 3))
  const id = random(16)
  await link.send(envelopeOf(id, random(100)))
  assert.equal((await frames.next()).value, Uint8Array.of(3, 1, ...id))
  await link.send(Uint8Array.of(1, 2, 3))
  await link.closed
})

test('acknowledgements and refusals that a stranger makes up change nothing', async () => {
  await using ada = await startPerson()
  await using bob = await startPerson()
  await meet(ada, bob)
  await bob.stop()
  await ada.messenger.send(bob.id, { text: 'for Bob alone' })
  const waiting = await ada.host.lent.store.outbox()
  await using eve = await openStranger()
  const link = await eve.network.dial(ada.network.addresses())
  const ids = waiting.map(({ envelope }) => fromHex(envelope)!)
  await link.send(Uint8Array.from([2, 1, ...ids.flatMap((id) => [...id, ...random(16)])]))
  await link.send(Uint8Array.from([3, 1, ...ids.flatMap((id) => [...id])]))
  await link.flush()
  await link.close()
  assert.is((await ada.host.lent.store.outbox()).length, waiting.length)
  await using back = await bob.restart()
  await back.seesText('for Bob alone')
  await ada.seesText('for Bob alone', 'delivered')
})

test('envelopes brought again, by whomever, are acknowledged and change nothing', async () => {
  const seen: { id: string; sealed: Uint8Array }[] = []
  await using ada = await startPerson()
  await using bob = await startPerson()
  await meet(ada, bob)
  await ada.stop()
  await bob.messenger.send(ada.id, { text: 'once' })
  for (const { envelope, sealed } of await bob.host.lent.store.outbox()) seen.push({ id: envelope, sealed })
  await using back = await ada.restart()
  await back.seesText('once')
  await using eve = await openStranger()
  const link = await eve.network.dial(back.network.addresses())
  const answers = answersOn(link)
  for (const { id, sealed } of [...seen, ...seen]) await link.send(envelopeOf(fromHex(id)!, sealed))
  // The same sealed bytes under another name are nobody's: their keys are gone.
  for (const { sealed } of seen) await link.send(envelopeOf(random(16), sealed))
  await link.flush()
  await bob.messenger.send(back.id, { text: 'twice' })
  await back.seesText('twice')
  await link.close()
  const kinds = (await answers).map(([kind]) => kind)
  assert.ok(kinds.includes(2) && kinds.includes(3), 'one is acknowledged again, the other refused')
  assert.is(await count(back, bob), 2)
})

test('a flood of requests to become a contact lets in as many as the invite says', async () => {
  await using ada = await startPerson({ store: 'store-memory' })
  const { link } = await ada.contacts.createInvite({ uses: 2 })
  const guests: TestPerson[] = []
  try {
    for (let guest = 0; guest < 5; guest++) guests.push(await startPerson({ store: 'store-memory' }))
    await Promise.all(guests.map((guest) => guest.contacts.acceptInvite(link)))
    await Promise.all(guests.map((guest, index) => guest.messenger.send(ada.id, { text: `guest ${index}` })))
    const isSettled = (guest: TestPerson) =>
      guest.sees(
        (event) =>
          (event.kind === 'changed' && event.message.state === 'delivered') ||
          (event.kind === 'reachability' && /does not let us in/.test(event.reachability.why?.en ?? '')),
      )
    await Promise.all(guests.map(isSettled))
    assert.is((await ada.contacts.list()).length, 2)
    assert.is((await ada.messenger.conversations()).filter(({ last }) => last !== undefined).length, 2)
  } finally {
    for (const guest of guests) await guest[Symbol.asyncDispose]()
  }
})

test('who stands at the envelope hook sees ids and sizes, and no word of what is said', async () => {
  const seen: EnvelopeSeen[] = []
  const spy = testPlugin(
    'spy',
    definePlugin({ taps: [routeHook], start: (_needs, scope) => scope.tap(routeHook, (envelope) => void seen.push(envelope)) }),
  )
  await using ada = await startPerson()
  await using bob = await startPerson({ more: [spy] })
  await meet(ada, bob)
  await bob.messenger.send(ada.id, { text: 'gentian-violet' })
  await ada.seesText('gentian-violet')
  assert.ok(seen.length > 0)
  for (const envelope of seen) assert.equal(Object.keys(envelope).toSorted(), ['bytes', 'id', 'route'])
  assert.not.ok(JSON.stringify(seen).includes('gentian'))
})

test('a text of nothing but signs that grow when they are written down arrives whole', async () => {
  await using ada = await startPerson()
  await using bob = await startPerson()
  await meet(ada, bob)
  const text = '\u0001'.repeat(64 * 1024)
  await bob.messenger.send(ada.id, { text })
  assert.is((await ada.seesText(text)).text.length, text.length)
  await bob.seesText(text, 'delivered')
})

test.run()
