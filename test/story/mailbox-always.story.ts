import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { startRelayProcess, type RelayProcess } from '../mailbox/relay-process.ts'
import type { Person } from './cli-process.ts'
import { left, listening, mailboxesLearnt, untilSo } from './here-and-away.ts'
import { answered, conversation, meet, newTalker, texts } from './two-talkers.ts'

const talking = { 'mailbox-client': true, 'mailbox-desk': true }

test('who deposits always does so while the other one is there and linked; switched off again, the link carries all and nothing is deposited', async () => {
  await using relay = await startRelayProcess()
  await using ada = newTalker(talking)
  await using bob = newTalker(talking)
  await meet(ada, bob)
  for (const one of [ada, bob]) await answered(one, 'relay', 'add', relay.link)
  await mailboxesLearnt(ada, bob)

  // He is there and linked, and does not look into his mailbox.
  await answered(bob, 'plugins', 'disable', 'mailbox-client')
  const [adaHere, bobHere] = [await listening(ada), await listening(bob)]
  const deposits = async (always: boolean) =>
    assert.is((await ada.palabre('plugins', 'config', 'mailbox-client', `always=${always}`)).code, 0)
  // What is said before there is a link may lie at the mailbox too.
  await stateOnceSaid(ada, 'are you there', 'delivered')
  const before = await blocksAt(relay)
  assert.is(await stateOnceSaid(ada, 'one, by the link', 'delivered'), 'delivered')
  assert.is(await blocksAt(relay), before)
  await deposits(true)
  assert.is(await stateOnceSaid(ada, 'two, by the mailbox', 'sent'), 'stored')
  assert.is(await blocksAt(relay), before + 1)
  await deposits(false)
  assert.is(await stateOnceSaid(ada, 'three, by the link', 'delivered'), 'delivered')
  assert.is(await blocksAt(relay), before + 1)

  await answered(bob, 'plugins', 'enable', 'mailbox-client')
  await bobHere.says('two, by the mailbox')
  await untilSo(async () => (await conversation(ada, 'Bob')).every(({ mine, state }) => !mine || state === 'delivered'))
  assert.equal((await texts(bob, 'Ada')).slice(2), ['one, by the link', 'two, by the mailbox', 'three, by the link'])
  await untilSo(async () => (await blocksAt(relay)) === 0)
  await left(adaHere)
  await left(bobHere)
})

async function stateOnceSaid(person: Person, text: string, until: 'sent' | 'delivered'): Promise<string> {
  const sent = ['send', '--to', 'Bob', '--message', text, '--wait', until, '--seconds', '60']
  return (await answered<{ state: string }>(person, ...sent)).state
}

const blocksAt = async ({ operator }: RelayProcess) => (await answered<{ blocks: number }>(operator, 'mailbox', 'counts')).blocks

test.run()
