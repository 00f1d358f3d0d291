import { definePlugin, isPalabreError } from '@palabre/sdk'
import { Store, type StoredMessage } from '@palabre/sdk/contract/store'
import { testPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { MessengerEvent } from '@palabre/sdk/contract/messenger'
import { createMemoryStore } from '@palabre/store-memory/memory-store'
import { meet, startPerson, type TestPerson } from './person.ts'

test('two people who meet by an invite talk in both directions, and each sees what became of it', async () => {
  await using ada = await startPerson()
  await using bob = await startPerson()
  await meet(ada, bob)
  const sent = await bob.messenger.send(ada.id, { text: 'Hello Ada' })
  assert.is(sent.state, 'queued')
  const came = await ada.seesText('Hello Ada')
  assert.is(came.author, bob.id)
  await bob.seesText('Hello Ada', 'delivered')
  await ada.messenger.send(bob.id, { text: 'Hello Bob', replyTo: came.id })
  assert.is((await bob.seesText('Hello Bob')).replyTo, came.id)
  assert.is(unreadOf(await ada.messenger.conversations()), 1)
  await ada.messenger.markRead(bob.id, came.id)
  assert.is(unreadOf(await ada.messenger.conversations()), 0)
  await bob.seesText('Hello Ada', 'read')
  assert.equal(await bob.messenger.pending(), [])
})

test('what is edited, deleted and reacted to changes on the other side, and only its author may', async () => {
  await using ada = await startPerson()
  await using bob = await startPerson()
  await meet(ada, bob)
  const { id } = await bob.messenger.send(ada.id, { text: 'draughts at four' })
  await ada.seesText('draughts at four')
  await bob.messenger.edit(id, 'draughts at five')
  assert.ok((await ada.seesText('draughts at five')).editedAt)
  await ada.messenger.react(id, '👍')
  await bob.sees((event) => event.kind === 'changed' && event.message.reactions[ada.id] === '👍')
  await ada.messenger.react(id, undefined)
  await bob.sees(
    (event) =>
      event.kind === 'changed' &&
      event.message.id === id &&
      event.message.reactions[ada.id] === undefined &&
      event.message.state === 'delivered',
  )
  assert.is(await codeOf(ada.messenger.edit(id, 'never')), 'denied')
  assert.is(await codeOf(ada.messenger.deleteForAll(id)), 'denied')
  await bob.messenger.deleteForAll(id)
  await ada.sees((event) => event.kind === 'changed' && event.message.deletedAt !== undefined)
  assert.is((await ada.messenger.message(id))!.text, '')
  assert.equal(await ada.messenger.search('draughts', { limit: 10 }), [])
  assert.is(await codeOf(bob.messenger.edit(id, 'again')), 'denied')
})

test('a text of the greatest length arrives whole; a longer one is refused and nothing is kept', async () => {
  await using ada = await startPerson()
  await using bob = await startPerson()
  await meet(ada, bob)
  const longest = 'é'.repeat(32 * 1024)
  await bob.messenger.send(ada.id, { text: longest })
  assert.is((await ada.seesText(longest)).text.length, longest.length)
  await bob.seesText(longest, 'delivered')
  assert.is(await codeOf(bob.messenger.send(ada.id, { text: `${longest}!` })), 'too-large')
  assert.is(await codeOf(bob.messenger.send(ada.id, { text: ' \n' })), 'bad-argument')
  assert.is(await codeOf(bob.messenger.send(ada.id, { text: '\ud800' })), 'bad-argument')
  assert.is((await bob.messenger.history(ada.id, { limit: 10 })).length, 1)
})

test('a messenger that was switched off and on goes on over the link that stands', async () => {
  await using ada = await startPerson()
  await using bob = await startPerson()
  await meet(ada, bob)
  await bob.messenger.send(ada.id, { text: 'before' })
  await bob.seesText('before', 'delivered')
  const [link] = bob.network.links()
  await ada.host.plugins.disable('messenger-pipeline')
  await ada.host.plugins.enable('messenger-pipeline')
  await bob.messenger.send(ada.id, { text: 'after' })
  await bob.seesText('after', 'delivered')
  assert.is(bob.network.links()[0], link)
})

test('hundreds of messages sent at once arrive once each, in order', async () => {
  await using ada = await startPerson()
  await using bob = await startPerson()
  await meet(ada, bob)
  const texts = Array.from({ length: 500 }, (_, index) => `number ${index}`)
  await Promise.all(texts.map((text) => bob.messenger.send(ada.id, { text })))
  await ada.seesText('number 499')
  const history = await ada.messenger.history(bob.id, { limit: 500 })
  assert.equal(
    history.map(({ text }) => text),
    texts,
  )
})

test('who was away gets everything when they are back, though both have started anew', async () => {
  await using ada = await startPerson()
  await using bob = await startPerson()
  await meet(ada, bob)
  await bob.stop()
  for (const text of ['one', 'two', 'three']) await ada.messenger.send(bob.id, { text })
  const [first] = await ada.messenger.pending(bob.id)
  assert.ok(first!.why.en.length > 0 && first!.why.fr.length > 0)
  await using again = await ada.restart()
  const waiting = (await again.messenger.pending(bob.id)).filter(({ message }) => message !== undefined)
  assert.is(waiting.length, 3)
  await using back = await bob.restart()
  await back.seesText('three')
  assert.equal(textsOf(await back.messenger.history(again.id, { limit: 10 })), ['one', 'two', 'three'])
  await again.seesText('three', 'delivered')
})

test('the inviter was away while the invite was accepted: the talk begins when both have been there', async () => {
  await using ada = await startPerson()
  const { link } = await ada.contacts.createInvite({})
  await ada.stop()
  await using bob = await startPerson()
  await bob.contacts.acceptInvite(link, { name: 'Ada' })
  await bob.messenger.send(ada.id, { text: 'when you wake' })
  await using awake = await ada.restart()
  assert.is((await awake.seesText('when you wake')).author, bob.id)
  await awake.messenger.send(bob.id, { text: 'awake' })
  await bob.seesText('awake')
})

test('two who accept each other’s invites at once have one conversation', async () => {
  await using ada = await startPerson()
  await using bob = await startPerson()
  const [fromAda, fromBob] = [await ada.contacts.createInvite({}), await bob.contacts.createInvite({})]
  await Promise.all([ada.contacts.acceptInvite(fromBob.link), bob.contacts.acceptInvite(fromAda.link)])
  await Promise.all([ada.messenger.send(bob.id, { text: 'from Ada' }), bob.messenger.send(ada.id, { text: 'from Bob' })])
  await Promise.all([ada.seesText('from Bob'), bob.seesText('from Ada')])
  await ada.messenger.send(bob.id, { text: 'and on' })
  await bob.seesText('and on')
  await ada.seesText('and on', 'delivered')
})

test('an invite opens once, and not at all when it was revoked', async () => {
  await using ada = await startPerson()
  await using bob = await startPerson()
  await using eve = await startPerson()
  await using fay = await startPerson()
  const { link } = await ada.contacts.createInvite({})
  await bob.contacts.acceptInvite(link)
  await bob.messenger.send(ada.id, { text: 'first' })
  await ada.seesText('first')
  const revoked = await ada.contacts.createInvite({})
  await ada.contacts.revokeInvite(revoked.id)
  for (const [person, invite] of [
    [eve, link],
    [fay, revoked.link],
  ] as const) {
    await person.contacts.acceptInvite(invite)
    await person.messenger.send(ada.id, { text: 'me too' })
    await person.sees(isKeptOut)
  }
  assert.equal(
    (await ada.contacts.list()).map(({ id }) => id),
    [bob.id],
  )
})

test('who was not let in by one invite is by another, and what they wrote meanwhile arrives', async () => {
  await using ada = await startPerson()
  await using bob = await startPerson()
  await using eve = await startPerson()
  const { link } = await ada.contacts.createInvite({})
  await bob.contacts.acceptInvite(link)
  await bob.messenger.send(ada.id, { text: 'first' })
  await ada.seesText('first')
  await eve.contacts.acceptInvite(link)
  await eve.messenger.send(ada.id, { text: 'me too' })
  await eve.sees(isKeptOut)
  await eve.contacts.acceptInvite((await ada.contacts.createInvite({})).link)
  await eve.messenger.send(ada.id, { text: 'and now' })
  await ada.seesText('and now')
  await ada.messenger.send(eve.id, { text: 'welcome' })
  await eve.seesText('welcome')
  assert.equal(texts(await ada.messenger.history(eve.id, { limit: 20 })), ['me too', 'and now', 'welcome'])
  assert.not.ok((await eve.messenger.history(ada.id, { limit: 20 })).some(({ text }) => text === 'session-renewed'))
})

test('a used or revoked invite of a friend breaks nothing between us', async () => {
  await using ada = await startPerson()
  await using bob = await startPerson()
  await using eve = await startPerson()
  await meet(ada, bob)
  const used = await ada.contacts.createInvite({})
  await eve.contacts.acceptInvite(used.link)
  await eve.messenger.send(ada.id, { text: 'it is I' })
  await ada.seesText('it is I')
  const revoked = await ada.contacts.createInvite({})
  await ada.contacts.revokeInvite(revoked.id)
  for (const { link } of [used, revoked]) {
    await bob.contacts.acceptInvite(link)
    await bob.messenger.send(ada.id, { text: `still here ${link.length}` })
    await ada.seesText(`still here ${link.length}`)
    await ada.messenger.send(bob.id, { text: `so am I ${link.length}` })
    await bob.seesText(`so am I ${link.length}`)
  }
})

test('with no room left for burning what is over, the messenger is there all the same', async () => {
  const full = definePlugin({
    provides: { store: Store },
    start() {
      const store = createMemoryStore()
      const commit: Store['commit'] = async (changes) => {
        if (changes.some((one) => one.do === 'erase')) throw new Error('no room left')
        return store.commit(changes)
      }
      const expired: Store['expired'] = async () => [{ id: 'over', conversation: 'somebody' }] as never
      return { store: { ...store, commit, expired } }
    },
  })
  await using ada = await startPerson({ without: ['store-sqlite'], more: [testPlugin('store-full', full)] })
  assert.equal(await ada.messenger.conversations(), [])
})

test('a session that one side has lost is begun anew, nothing that waited is lost, and both are told', async () => {
  await using ada = await startPerson()
  await using bob = await startPerson()
  await meet(ada, bob)
  await bob.messenger.send(ada.id, { text: 'before' })
  await bob.seesText('before', 'delivered')
  await ada.host.lent.store.commit([{ do: 'remove', kind: 'session', key: bob.id }])
  await using forgetful = await ada.restart()
  await bob.messenger.send(ada.id, { text: 'can you read this?' })
  await forgetful.seesText('can you read this?')
  await bob.seesText('can you read this?', 'delivered')
  await forgetful.messenger.send(bob.id, { text: 'yes' })
  await bob.seesText('yes')
  for (const one of [forgetful, bob]) await one.seesText('session-renewed')
  assert.equal(texts(await forgetful.messenger.history(bob.id, { limit: 20 })), ['before', 'can you read this?', 'yes'])
})

test('a blocked contact is neither heard nor written to', async () => {
  await using ada = await startPerson()
  await using bob = await startPerson()
  await meet(ada, bob)
  await ada.contacts.block(bob.id, true)
  assert.is(await codeOf(ada.messenger.send(bob.id, { text: 'no' })), 'denied')
  await bob.messenger.send(ada.id, { text: 'hello?' })
  await bob.sees((event) => event.kind === 'changed' && event.message.state === 'sent')
  await ada.contacts.block(bob.id, false)
  await ada.seesText('hello?')
})

test('a known name under a new key is not written to until the person has decided', async () => {
  await using ada = await startPerson()
  await using bob = await startPerson()
  await using mallory = await startPerson()
  const invite = async (who: TestPerson) => (await who.contacts.createInvite({ name: 'Bób' })).link
  await ada.contacts.acceptInvite(await invite(bob))
  const other = await ada.contacts.acceptInvite(await invite(mallory))
  assert.is(other.suspect, bob.id)
  assert.is(await codeOf(ada.messenger.send(mallory.id, { text: 'the key under the mat' })), 'denied')
  await ada.contacts.trust(mallory.id)
  await ada.messenger.send(mallory.id, { text: 'hello' })
  await mallory.seesText('hello')
})

test('read messages with a fuse disappear on both sides without a trace', async () => {
  await using ada = await startPerson()
  await using bob = await startPerson()
  await meet(ada, bob)
  await bob.messenger.setFuse(ada.id, 5_000)
  const { id } = await bob.messenger.send(ada.id, { text: 'burn this marker' })
  await ada.seesText('burn this marker')
  await ada.messenger.markRead(bob.id, id)
  const isGone = (one: TestPerson) => one.sees((event) => event.kind === 'erased' && event.id === id)
  await Promise.all([isGone(ada), isGone(bob)])
  assert.is(await ada.messenger.message(id), undefined)
  assert.equal(await bob.messenger.search('marker', { limit: 5 }), [])
})

test('a message that waits can be taken back, and what comes after it still arrives', async () => {
  await using ada = await startPerson()
  await using bob = await startPerson()
  await meet(ada, bob)
  await bob.stop()
  const { id } = await ada.messenger.send(bob.id, { text: 'rather not' })
  await ada.messenger.send(bob.id, { text: 'this one' })
  assert.is((await ada.messenger.withdraw(id)).state, 'failed')
  await using back = await bob.restart()
  await back.seesText('this one')
  assert.equal(texts(await back.messenger.history(ada.id, { limit: 9 })), ['this one'])
  assert.is(await codeOf(ada.messenger.withdraw(id)), 'denied')
})

const unreadOf = (conversations: readonly { readonly unread: number }[]) =>
  conversations.reduce((sum, { unread }) => sum + unread, 0)

const textsOf = (messages: readonly StoredMessage[]) => messages.map(({ text }) => text)

const texts = (messages: readonly StoredMessage[]) => textsOf(messages.filter(({ kind }) => kind === 'text'))

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work
    return undefined
  } catch (error) {
    if (isPalabreError(error)) return error.code
    throw error
  }
}

const isKeptOut = (event: MessengerEvent) =>
  event.kind === 'reachability' && event.reachability.why?.en.startsWith('their device does not let us in') === true

test.run()
