// slow, limit: 480 s
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { cutStream } from '../mailbox/cut-stream.ts'
import { fill, startRelay } from '../mailbox/relay-host.ts'
import type { Person } from './cli-process.ts'
import { collected, left, listening, mailboxesLearnt } from './here-and-away.ts'
import { hoursAhead, sleepTill } from './hours-ahead.ts'
import { answered, conversation, meet, newTalker } from './two-talkers.ts'

const talking = { ...hoursAhead(0), 'mailbox-client': true, 'mailbox-desk': true }

test('a mailbox that is full, cuts the conversation or is gone: whoever writes reads why it waits; one that loses: whoever reads sees the gap', async () => {
  let isCutting = false
  // The greeting and the answer to one question come through.
  await using relay = await startRelay({ cut: (stream) => (isCutting ? cutStream(stream, { of: 'said', after: 41 }) : stream) })
  await using ada = newTalker(talking)
  await using bob = newTalker(talking)
  await meet(ada, bob)
  for (const one of [ada, bob]) await answered(one, 'relay', 'add', relay.link)
  await mailboxesLearnt(ada, bob)

  for (const text of ['one', 'two', 'three'])
    assert.is((await answered<{ state: string }>(ada, ...sending(text), '--wait', 'sent', '--seconds', '60')).state, 'stored')
  relay.change('DELETE FROM block WHERE id = (SELECT max(id) - 1 FROM block)')
  await collected(bob, 'one')
  sleepTill(bob, 1)
  await collected(bob, 'three')
  assert.equal(
    (await conversation(bob, 'Ada')).filter(({ mine }) => !mine).map(({ text }) => text),
    ['one', 'gap/1', 'three'],
  )
  assert.match((await bob.palabre('history', 'Ada')).out, /a message is missing here/)
  assert.match((await bob.palabre('--lang', 'fr', 'history', 'Ada')).out, /il manque ici un message/)

  let here = await listening(ada)
  fill(relay)
  await answered(ada, ...sending('into a full one'))
  await waitsBecause(ada, 'their mailbox is full', 'leur boîte aux lettres est pleine')
  // She comes back by a new stream.
  await left(here)
  isCutting = true
  relay.change('DELETE FROM block')
  here = await listening(ada)
  await waitsBecause(ada, 'the mailbox ended the conversation', 'la boîte aux lettres a mis fin à l’échange')
  await relay.stop()
  await waitsBecause(ada, 'the mailbox cannot be reached now', 'la boîte aux lettres est injoignable pour le moment')
  await left(here)
})

const sending = (text: string) => ['send', '--to', 'Bob', '--message', text]

/** What waits is tried again, and says why it waits on. */
async function waitsBecause(person: Person, en: string, fr: string): Promise<void> {
  let whys: readonly { readonly en: string; readonly fr: string }[] = []
  for (let looks = 0; !whys.some((why) => why.en === en && why.fr === fr); looks++) {
    if (looks > 50) throw new Error(`“${en}” is not what it says: ${JSON.stringify(whys)}`)
    await person.palabre('messages', 'retry', 'Bob')
    whys = (await answered<readonly { readonly why: (typeof whys)[number] }[]>(person, 'outbox')).map(({ why }) => why)
  }
}

test.run()
