import { isPalabreError, utf8 } from '@palabre/sdk'
import type { Contact, Hello } from '@palabre/sdk/contract/contacts'
import type { Identity } from '@palabre/sdk/contract/identity'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openTestBook } from './book-for-tests.node.ts'

const day = 24 * 60 * 60 * 1000

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    (error: unknown) => (isPalabreError(error) ? error.code : error),
  )

const helloOf = (identity: Identity, invite: string, name = 'Bob'): Hello => ({
  key: identity.signingKey,
  suite: 'ratchet',
  invite,
  name,
  hints: {},
  offer: new Uint8Array(9),
})

const inviteIdOf = (invite: { readonly id: string }) => invite.id

test('an invite says who, where and until when; who accepts has a contact to write to at once, the same when accepted twice', async () => {
  await using ada = await openTestBook()
  await using bob = await openTestBook()
  await ada.contacts.setMyName('Ada')
  const { link, expiresAt } = await ada.contacts.createInvite({ days: 3 })
  assert.is(expiresAt, ada.clock.now() + 3 * day)
  assert.equal(await bob.contacts.readInvite(link), { id: ada.identity.userId, name: 'Ada', expiresAt, known: false })
  const seen: string[] = []
  using _watching = bob.contacts.watch(({ kind, contact }) => seen.push(`${kind} ${contact.name}`))
  const contact = await bob.contacts.acceptInvite(link)
  assert.equal(
    [contact.name, contact.suite, contact.waiting, contact.verified, contact.suspect],
    ['Ada', 'ratchet', true, false, undefined],
  )
  assert.equal(contact.hints, { road: { at: 'somewhere' } })
  assert.ok(contact.offer!.length > 1_000)
  await bob.contacts.acceptInvite(link)
  assert.is((await bob.contacts.list()).length, 1)
  assert.equal(seen, ['added Ada', 'changed Ada'])
  assert.is((await bob.contacts.readInvite(link)).known, true)
})

test('another invite of a contact is kept for the day they have forgotten us; the same one again changes nothing', async () => {
  await using ada = await openTestBook()
  await using bob = await openTestBook()
  const invites = [await ada.contacts.createInvite({}), await ada.contacts.createInvite({})]
  await bob.contacts.acceptInvite(invites[0]!.link)
  const offer = Uint8Array.of(7)
  const met = await bob.contacts.learn(ada.identity.userId, { offer, answered: true })
  assert.equal(await bob.contacts.acceptInvite(invites[0]!.link), met, 'its offer may be used up')
  const again = await bob.contacts.acceptInvite(invites[1]!.link)
  assert.equal([again.invite, again.waiting], [invites[1]!.id, false])
  assert.ok(again.offer!.length > 1_000)
  assert.is((await bob.contacts.learn(ada.identity.userId, { answered: true })).invite, undefined)
})

test('an invite that was altered, is over, or is our own is refused, each with its reason', async () => {
  await using ada = await openTestBook()
  await using bob = await openTestBook()
  const { link } = await ada.contacts.createInvite({ name: 'Ada' })
  const altered = link.slice(0, 100) + (link[100] === 'A' ? 'B' : 'A') + link.slice(101)
  assert.is(await codeOf(bob.contacts.acceptInvite(altered)), 'bad-argument')
  assert.is(await codeOf(bob.contacts.acceptInvite('hello')), 'bad-argument')
  assert.is(await codeOf(ada.contacts.acceptInvite(link)), 'bad-argument')
  await bob.clock.advance(7 * day)
  assert.is(await codeOf(bob.contacts.acceptInvite(link)), 'denied')
  assert.equal(await bob.contacts.list(), [])
})

test('an invite lets in as many as it says, none once it is revoked or over, and those who know us always', async () => {
  await using ada = await openTestBook()
  const guests = await Promise.all([openTestBook(), openTestBook(), openTestBook()])
  const come = async (guest: number, invite: string) => {
    const admission = await ada.contacts.admit(helloOf(guests[guest]!.identity, invite))
    if (admission === undefined) return false
    await ada.store.commit(admission.changes)
    admission.kept()
    return true
  }
  try {
    const two = inviteIdOf(await ada.contacts.createInvite({ uses: 2 }))
    assert.equal([await come(0, two), await come(1, two), await come(2, two)], [true, true, false])
    assert.is(await come(0, two), true, 'a contact needs no invite')
    assert.equal(await ada.contacts.invites(), [])
    const revoked = inviteIdOf(await ada.contacts.createInvite({}))
    await ada.contacts.revokeInvite(revoked)
    assert.is(await come(2, revoked), false)
    assert.is(await codeOf(ada.contacts.revokeInvite(revoked)), 'bad-argument')
    const over = inviteIdOf(await ada.contacts.createInvite({ days: 1 }))
    await ada.clock.advance(day)
    assert.is(await come(2, over), false)
    assert.is(await come(2, 'f'.repeat(32)), false)
  } finally {
    for (const guest of guests) await guest[Symbol.asyncDispose]()
  }
})

test('what an admission changes is only so once it was kept', async () => {
  await using ada = await openTestBook()
  await using bob = await openTestBook()
  const { id } = await ada.contacts.createInvite({})
  await ada.contacts.admit(helloOf(bob.identity, id))
  assert.equal(await ada.contacts.list(), [])
  assert.is((await ada.contacts.invites()).length, 1)
})

test('a hundred invites are open at most; those that are spent make room', async () => {
  await using ada = await openTestBook()
  for (let count = 0; count < 100; count++) await ada.contacts.createInvite({ uses: 5, days: 1 })
  assert.is(await codeOf(ada.contacts.createInvite({})), 'denied')
  await ada.clock.advance(2 * day)
  assert.is((await ada.contacts.createInvite({})).usesLeft, 1)
})

test('a known name under a new key is suspect until the person trusts or verifies it', async () => {
  await using ada = await openTestBook()
  await using bob = await openTestBook()
  await using mallory = await openTestBook()
  const first = await ada.contacts.acceptInvite((await bob.contacts.createInvite({ name: 'Bób' })).link)
  const second = await ada.contacts.acceptInvite((await mallory.contacts.createInvite({ name: 'b o b' })).link)
  assert.equal([first.suspect, second.suspect], [undefined, bob.identity.userId])
  assert.is((await ada.contacts.trust(second.id)).suspect, undefined)
  assert.equal(await ada.contacts.verify(first.id, true).then(({ verified }) => verified), true)
})

test('a contact is found by id, its beginning, or a name; several that fit are named', async () => {
  await using ada = await openTestBook()
  await using bob = await openTestBook()
  await using zoe = await openTestBook()
  const known: Contact[] = []
  for (const [one, name] of [
    [bob, 'Bob Smith'],
    [zoe, 'Zoë'],
  ] as const) {
    known.push(await ada.contacts.acceptInvite((await one.contacts.createInvite({ name })).link))
  }
  const found = async (said: string) => (await ada.contacts.find(said)).name
  for (const said of [known[1]!.id, known[1]!.id.toUpperCase(), 'Zoë', 'zoe', 'ZO', known[1]!.id.slice(0, 20)])
    assert.is(await found(said), 'Zoë', said)
  for (const said of ['', ' ', 'nobody', 'pal1']) assert.is(await codeOf(ada.contacts.find(said)), 'bad-argument', said)
  await ada.contacts.rename(known[1]!.id, 'Bobby')
  const several = await ada.contacts.find('bob').catch((error: unknown) => error)
  assert.ok(isPalabreError(several) && several.text.en.includes('Bob Smith') && several.text.fr.includes('Bobby'))
  assert.is(await codeOf(ada.contacts.rename(known[0]!.id, '\u200b ')), 'bad-argument')
})

test('what is learned changes what they said of themselves, never how the person calls them', async () => {
  await using ada = await openTestBook()
  await using bob = await openTestBook()
  const { id } = await ada.contacts.acceptInvite((await bob.contacts.createInvite({ name: 'Bob' })).link)
  assert.is((await ada.contacts.learn(id, { name: 'Robert' })).name, 'Robert')
  await ada.contacts.rename(id, 'Bobby')
  const learned = await ada.contacts.learn(id, { name: 'Rob\u202e', hints: { road: { at: 'elsewhere' } }, answered: true })
  assert.equal([learned.name, learned.theirName, learned.waiting, learned.invite], ['Bobby', 'Rob', false, undefined])
  assert.equal(learned.hints, { road: { at: 'elsewhere' } })
})

test('who is removed leaves nothing behind', async () => {
  await using ada = await openTestBook()
  await using bob = await openTestBook()
  const { id } = await ada.contacts.acceptInvite((await bob.contacts.createInvite({ name: 'Bob' })).link)
  const value = new Uint8Array(1)
  await ada.store.commit([
    { do: 'put', kind: 'session', key: id, value },
    { do: 'put', kind: 'setting', key: `card/${id}`, value },
    { do: 'put', kind: 'setting', key: 'my-name', value },
    { do: 'put', kind: 'held', key: `in/${id}/1/2`, value },
  ])
  await ada.contacts.remove(id)
  const left = await Promise.all((['contact', 'session', 'setting', 'held'] as const).map((kind) => ada.store.records(kind)))
  assert.equal(
    left.map((records) => records.map(({ key }) => key)),
    [[], [], ['my-name'], []],
  )
  assert.is(await codeOf(ada.contacts.block(id, true)), 'bad-argument')
})

test('an export brings contacts back to the same identity, and to nobody else, and not when it was altered', async () => {
  await using ada = await openTestBook()
  await using bob = await openTestBook()
  const { id } = await ada.contacts.acceptInvite((await bob.contacts.createInvite({ name: 'Bob' })).link)
  await ada.contacts.setPolicy(id, 'relayed-only')
  const file = await ada.contacts.export()
  assert.equal(await ada.contacts.import(file), { added: 0, known: 1 })
  await ada.contacts.remove(id)
  assert.equal(await ada.contacts.import(file), { added: 1, known: 0 })
  assert.is((await ada.contacts.get(id))!.policy, 'relayed-only')
  assert.is(await codeOf(bob.contacts.import(file)), 'bad-argument')

  await using mallory = await openTestBook()
  await ada.contacts.remove(id)
  const other = await ada.contacts.acceptInvite((await mallory.contacts.createInvite({ name: 'Bob' })).link)
  await ada.contacts.import(file)
  assert.is((await ada.contacts.get(id))!.suspect, other.id, 'the name was taken meanwhile')
  const said = utf8.decode(file)!
  for (const bad of [
    '',
    'null',
    '[]',
    '{}',
    said.slice(1),
    said.replace(/"said": "\S/, '"said": "x'),
    said.replace('pal1', 'pal2'),
  ]) {
    assert.is(await codeOf(ada.contacts.import(utf8.encode(bad))), 'bad-argument', bad.slice(0, 40))
  }
})

test('without a suite there is no invite, and the plugin to switch on is named', async () => {
  await using ada = await openTestBook({ without: ['suite-ratchet'] })
  const error = await ada.contacts.createInvite({}).catch((fault: unknown) => fault)
  assert.ok(isPalabreError(error) && error.code === 'switched-off' && error.todo!.en.includes('suite-ratchet'))
})

test.run()
