import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { startRelayProcess, type RelayProcess } from '../mailbox/relay-process.ts'
import type { Person } from './cli-process.ts'
import { left, listening, mailboxesLearnt } from './here-and-away.ts'
import { answered, conversation, meet, newTalker } from './two-talkers.ts'

const talking = { 'mailbox-client': true, 'mailbox-desk': true }

test('who deposits always does so while the other one is there and linked; switched off again, the link carries all and nothing is deposited', async () => {
  await using relay = await startRelayProcess()
  await using ada = newTalker(talking)
  await using bob = newTalker(talking)
  await meet(ada, bob)
  for (const one of [ada, bob]) await answered(one, 'relay', 'add', relay.link)
  await mailboxesLearnt(ada, bob)
  assert.is((await ada.palabre('plugins', 'config', 'mailbox-client', 'always=true')).code, 0)

  // He is there and linked, and does not look into his mailbox.
  await answered(bob, 'plugins', 'disable', 'mailbox-client')
  const [adaHere, bobHere] = [await listening(ada), await listening(bob)]
  console.log(await said(ada, 'by the mailbox', 'sent'), await blocksAt(relay), await conversation(ada, 'Bob'), (await ada.palabre('outbox')).out, (await ada.palabre('net','list-peers')).out)
  await left(adaHere)
  await left(bobHere)
})

async function said(person: Person, text: string, until: 'sent' | 'delivered'): Promise<string> {
  const sent = ['send', '--to', 'Bob', '--message', text, '--wait', until, '--seconds', '60']
  return (await answered<{ state: string }>(person, ...sent)).state
}

const blocksAt = async ({ operator }: RelayProcess) => (await answered<{ blocks: number }>(operator, 'mailbox', 'counts')).blocks

test.run()
