import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Person } from './cli-process.ts'
import { collected, left, listening, untilSo } from './here-and-away.ts'
import { onLinux } from './on-linux.ts'
import { filesIn, isInMemory } from './what-is-held.ts'
import { answered, conversation, meet, newTalker } from './two-talkers.ts'

const friendly = { 'mailbox-client': true, 'mailbox-desk': true, 'mailbox-friends': true }
const marker = 'quince-lighthouse-marmalade'

onLinux('two who are never there together talk through a friend who is, and who can read nothing of it', async () => {
  await using ada = newTalker(friendly)
  await using bob = newTalker(friendly)
  await using carol = newTalker({ ...friendly, 'log-console': { config: { level: 'trace' } } })
  await meet(bob, ada, ['Bob', 'Ada'])
  await meet(carol, ada, ['Carol', 'Ada'])
  await meet(carol, bob, ['Carol', 'Bob'])
  for (const one of [ada, bob]) await answered(one, 'friends', 'add', 'Carol')
  for (const name of ['Ada', 'Bob']) await answered(carol, 'friends', 'add', name)
  let friend = await listening(carol)
  const [adaHere, bobHere] = [await listening(ada), await listening(bob)]
  await untilSo(async () => (await toldBy(ada, 'Bob')).includes('mailbox') && (await toldBy(bob, 'Ada')).includes('mailbox'))
  assert.match((await ada.palabre('contacts', 'show', 'Carol')).out, /keeps your messages and you theirs/)
  await left(adaHere)
  await left(bobHere)

  const texts = ['one', 'two', 'three'].map((text) => `${text} ${marker}`)
  for (const text of texts) assert.is(await stateOnceSent(ada, text), 'stored')
  const { kept } = await answered<{ kept: { blocks: number } }>(carol, 'friends', 'list')
  assert.ok(kept.blocks >= 1, JSON.stringify(kept))
  assert.not.ok(isInMemory(friend.child.pid!, Buffer.from(marker)), 'the marker is in the friend’s memory')
  assert.ok(isInMemory(friend.child.pid!, Buffer.from('Carol')), 'what is there is found')
  friend.signal('SIGKILL')
  await friend.ended
  for (const file of filesIn(carol.profileDir)) assert.not.ok(file.includes(marker), 'the marker is in the friend’s files')
  assert.not.ok((friend.said('out') + friend.said('err')).includes(marker), 'the marker is in the friend’s log')

  friend = await listening(carol)
  await collected(bob, texts.at(-1)!)
  assert.equal(await textsFrom(bob, 'Ada'), texts)

  const returned = await listening(ada)
  await untilSo(async () => (await conversation(ada, 'Bob')).every(({ state, mine }) => !mine || state === 'delivered'))
  await left(returned)
  await left(friend)

  await carol.palabre('plugins', 'disable', 'mailbox-friends')
  const unwilling = await listening(carol)
  assert.is(await stateOnceSent(ada, 'nobody keeps this'), 'queued')
  const [waiting] = await answered<readonly { why: { en: string } }[]>(ada, 'outbox')
  assert.ok(waiting!.why.en.length > 0)
  await left(unwilling)
})

async function stateOnceSent(person: Person, text: string): Promise<string> {
  const { out } = await person.palabre('send', '--to', 'Bob', '--message', text, '--wait', 'sent', '--seconds', '20', '--json')
  const messages = await conversation(person, 'Bob')
  return messages.find((one) => one.text === text)?.state ?? `nothing was kept: ${out}`
}

const toldBy = async (person: Person, name: string) =>
  (await answered<{ told: readonly string[] }>(person, 'contacts', 'show', name)).told

const textsFrom = async (person: Person, name: string) =>
  (await conversation(person, name)).filter(({ mine, text }) => !mine && text !== 'we meet').map(({ text }) => text)

test.run()
