// slow, limit: 480 s
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { cutStream } from '../mailbox/cut-stream.ts'
import type { BentSettings } from '../mailbox/bent-desk/bent-plugin.ts'
import type { Malice } from '../mailbox/bent-store.ts'
import { fill, startRelay } from '../mailbox/relay-host.ts'
import { startRelayProcess, type RelayProcess } from '../mailbox/relay-process.ts'
import { toldRandom } from '../mailbox/told-random.ts'
import { repository, type Person } from './cli-process.ts'
import { collected, left, listening, mailboxesLearnt, settled } from './here-and-away.ts'
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

test('one relay loses, refuses, replays, reorders, alters, swaps, withholds and cuts: with an honest one beside it all arrives, once and in order', async () => {
  const malice = { lose: 0.3, refuse: 0.2, replay: 0.3, reorder: 0.5, alter: 0.3, swap: 0.3, withhold: 0.3 }
  await using hostile = await startBentRelay({ malice, cuts: 5 })
  await using honest = await startRelayProcess()
  await using ada = newTalker(talking)
  await using bob = newTalker(talking)
  await talkPast([ada, bob], [hostile, honest], 10)
  const times = await timesOf(hostile)
  assert.ok(sumOf(times) > 5, JSON.stringify(times))
})

test('what a lone relay replays, reorders, refuses at first and cuts arrives once and in order, and its author learns of it', async () => {
  const malice = { refuse: 0.2, replay: 0.4, reorder: 0.6 }
  await using hostile = await startBentRelay({ malice, cuts: 5 })
  await using ada = newTalker(talking)
  await using bob = newTalker(talking)
  await talkPast([ada, bob], [hostile], 10)
  const times = await timesOf(hostile)
  assert.ok(sumOf(times) > 5, JSON.stringify(times))
})

const startBentRelay = (settings: Omit<BentSettings, 'seed'>): Promise<RelayProcess> =>
  startRelayProcess({
    plugins: {
      'mailbox-desk': false,
      'test-bent-desk': {
        enabled: true,
        from: join(repository, 'test/mailbox/bent-desk'),
        config: { ...settings, seed: toldRandom().seed },
      },
    },
  })

const timesOf = ({ operator }: RelayProcess) => answered<Record<keyof Malice | 'cut', number>>(operator, 'bent', 'times')
const sumOf = (times: Readonly<Record<string, number>>) => Object.values(times).reduce((sum, one) => sum + one, 0)

/** Ada writes while Bob is away, and is away when he is back: everything once, in order, and she learns of it afterwards. */
async function talkPast([ada, bob]: readonly [Person, Person], relays: readonly RelayProcess[], count: number): Promise<void> {
  await meet(ada, bob)
  for (const one of [ada, bob]) for (const { link } of relays) await answered(one, 'relay', 'add', link)
  await mailboxesLearnt(ada, bob)
  const said = Array.from({ length: count }, (_, index) => `number ${index}`)
  const here = await listening(ada)
  for (const text of said)
    assert.is((await answered<{ state: string }>(ada, ...sending(text), '--wait', 'sent', '--seconds', '60')).state, 'stored')
  await left(here)
  await collected(bob, said.at(-1)!)
  assert.equal(
    (await conversation(bob, 'Ada')).filter(({ mine, text }) => !mine && text !== 'we meet').map(({ text }) => text),
    said,
  )
  await settled(ada, 'Bob')
  assert.ok((await conversation(ada, 'Bob')).every(({ mine, state }) => !mine || state === 'delivered'))
}

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
