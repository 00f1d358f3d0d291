// slow, limit: 480 s
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { cutStream } from '../mailbox/cut-stream.ts'
import { fill, startRelay } from '../mailbox/relay-host.ts'
import { repository, type CliProcess, type Person } from './cli-process.ts'
import { answered, conversation, meet, newTalker } from './two-talkers.ts'

/** The machine's clock, and so many hours more. */
const ahead = (hours: number) => ({
  'clock-system': false,
  'test-clock-ahead': { enabled: true, from: join(repository, 'test/mailbox/clock-ahead'), config: { hours } },
})
const talking = (hours: number) => ({ ...ahead(hours), 'mailbox-client': true, 'mailbox-desk': true })

test('a mailbox that is full, cuts the conversation or is gone: whoever writes reads why it waits; one that loses: whoever reads sees the gap', async () => {
  let isCutting = false
  // The greeting and the answer to one question come through.
  await using relay = await startRelay({ cut: (stream) => (isCutting ? cutStream(stream, { of: 'said', after: 41 }) : stream) })
  await using ada = newTalker(talking(0))
  await using bob = newTalker(talking(0))
  await meet(ada, bob)
  for (const one of [ada, bob]) await answered(one, 'relay', 'add', relay.link)
  await bothLearn(ada, bob)

  for (const text of ['one', 'two', 'three'])
    assert.is((await answered<{ state: string }>(ada, ...sending(text), '--wait', 'sent', '--seconds', '60')).state, 'stored')
  relay.change('DELETE FROM block WHERE id = (SELECT max(id) - 1 FROM block)')
  await collected(bob, 'one')
  inAnHour(bob)
  await collected(bob, 'three')
  assert.equal(
    (await conversation(bob, 'Ada')).filter(({ mine }) => !mine).map(({ text }) => text),
    ['one', 'gap/1', 'three'],
  )
  assert.match((await bob.palabre('history', 'Ada')).out, /a message is missing here/)
  assert.match((await bob.palabre('--lang', 'fr', 'history', 'Ada')).out, /il manque ici un message/)

  let listening = await listen(ada)
  fill(relay)
  await answered(ada, ...sending('into a full one'))
  await waitsBecause(ada, 'their mailbox is full', 'leur boîte aux lettres est pleine')
  // She comes back by a new stream.
  await left(listening)
  isCutting = true
  relay.change('DELETE FROM block')
  listening = await listen(ada)
  await waitsBecause(ada, 'the mailbox ended the conversation', 'la boîte aux lettres a mis fin à l’échange')
  await relay.stop()
  await waitsBecause(ada, 'the mailbox cannot be reached now', 'la boîte aux lettres est injoignable pour le moment')
  await left(listening)
})

const sending = (text: string) => ['send', '--to', 'Bob', '--message', text]

function inAnHour(person: Person): void {
  const settings = JSON.parse(readFileSync(person.settings, 'utf8')) as { plugins: object }
  writeFileSync(person.settings, JSON.stringify({ ...settings, plugins: { ...settings.plugins, ...ahead(1) } }))
}

/** Both are there until each knows the other's mailbox and nothing waits. */
async function bothLearn(ada: Person, bob: Person): Promise<void> {
  const both = [await listen(ada), await listen(bob)]
  for (const [person, peer] of [
    [ada, 'Bob'],
    [bob, 'Ada'],
  ] as const) {
    await until(async () => (await answered<{ told: string[] }>(person, 'contacts', 'show', peer)).told.includes('mailbox'))
    await until(async () => (await answered<readonly object[]>(person, 'outbox')).length === 0)
  }
  for (const one of both) await left(one)
}

async function listen(person: Person): Promise<CliProcess> {
  const process = person.start(['listen', '--json'])
  await until(async () => (await person.palabre('net', 'info')).code === 0)
  return process
}

async function left(process: CliProcess): Promise<void> {
  process.signal('SIGINT')
  assert.is((await process.ended).code, 0)
}

/** There alone until this has come. */
async function collected(person: Person, text: string): Promise<void> {
  const process = person.start(['--json', 'messages', 'watch'])
  await process.says(text)
  await left(process)
}

/** What waits is tried again, and says why it waits on. */
async function waitsBecause(person: Person, en: string, fr: string): Promise<void> {
  let whys: readonly { readonly en: string; readonly fr: string }[] = []
  for (let looks = 0; !whys.some((why) => why.en === en && why.fr === fr); looks++) {
    if (looks > 50) throw new Error(`“${en}” is not what it says: ${JSON.stringify(whys)}`)
    await person.palabre('messages', 'retry', 'Bob')
    whys = (await answered<readonly { readonly why: (typeof whys)[number] }[]>(person, 'outbox')).map(({ why }) => why)
  }
}

/** Each look is a process of its own, so there is no need to rest in between. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let looks = 0; !(await isSo()); looks++) if (looks > 50) throw new Error(`not so: ${isSo.toString()}`)
}

test.run()
