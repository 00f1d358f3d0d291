// slow, limit: 500 s
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { newPerson, repository, type CliProcess, type Person } from './cli-process.ts'
import { answered, conversation, meet, newTalker } from './two-talkers.ts'

const day = 24

/** The machine's clock, and so many hours more. */
const ahead = (hours: number) => ({
  'clock-system': false,
  'test-clock-ahead': { enabled: true, from: join(repository, 'test/mailbox/clock-ahead'), config: { hours } },
})

const withMailbox = { 'mailbox-client': true, 'mailbox-desk': true }

test('who is away for a day or a week finds everything, in order and once, and the author learns of it; after three weeks it is said that it is over', async () => {
  await using operator = newPerson({
    plugins: { ...ahead(0), 'transport-websocket': false },
    profiles: { relay: { plugins: { 'stun-server': false } } },
  })
  await using ada = newTalker({ ...ahead(0), ...withMailbox })
  await using bob = newTalker({ ...ahead(0), ...withMailbox })
  await meet(ada, bob)
  let relay = await startRelay(operator)
  for (const one of [ada, bob]) await answered(one, 'relay', 'add', relay.link)
  await bothLearn(ada, bob)

  let hours = 0
  for (const away of [day, 7 * day]) {
    const texts = ['one', 'two', 'three'].map((text) => `${text}, ${away} hours`)
    for (const text of texts) {
      const sent = await answered<{ state: string }>(
        ada,
        'send',
        '--to',
        'Bob',
        '--message',
        text,
        '--wait',
        'sent',
        '--seconds',
        '60',
      )
      assert.is(sent.state, 'stored')
    }
    hours += away
    relay = await later(relay, operator, [ada, bob], hours)
    await awake(bob, 'Ada', texts.at(-1)!)
    assert.equal((await saidIn(bob, 'Ada', false)).slice(-3), texts)
    await awake(ada, 'Bob')
    assert.ok((await conversation(ada, 'Bob')).every(({ mine, state }) => !mine || state === 'delivered'))
    // Queues have turned with the week, and each has heard of the other's new one.
    await bothLearn(ada, bob)
  }

  const last = 'nobody came for this'
  await answered(ada, 'send', '--to', 'Bob', '--message', last, '--wait', 'sent', '--seconds', '60')
  hours += 22 * day
  relay = await later(relay, operator, [ada, bob], hours)
  await awake(bob, 'Ada')
  assert.not.ok((await saidIn(bob, 'Ada', false)).includes(last))
  const end = (await conversation(ada, 'Bob')).find(({ text }) => text === last)!
  assert.equal([end.state, end.why], ['failed', 'timed-out'])
  const { out } = await ada.palabre('history', 'Bob')
  assert.match(out, new RegExp(`${last} {2}\\[failed: it did not arrive in time`))
  relay.process.signal('SIGTERM')
  await relay.process.ended
})

interface Relay {
  readonly process: CliProcess
  readonly link: string
}

async function startRelay(operator: Person): Promise<Relay> {
  const process = operator.start(['relay', '--json'])
  return { process, link: /"link":"([^"]+)"/.exec(await process.says(/"link":"[^"]+"/))![1]! }
}

/** Everybody sleeps until then. */
async function later(relay: Relay, operator: Person, people: readonly Person[], hours: number): Promise<Relay> {
  relay.process.signal('SIGTERM')
  assert.is((await relay.process.ended).code, 0)
  for (const person of [operator, ...people]) {
    const settings = JSON.parse(readFileSync(person.settings, 'utf8')) as { plugins: object }
    writeFileSync(person.settings, JSON.stringify({ ...settings, plugins: { ...settings.plugins, ...ahead(hours) } }))
  }
  const again = await startRelay(operator)
  assert.is(again.link, relay.link)
  return again
}

/** Both are there until each knows the other's mailbox and nothing waits. */
async function bothLearn(ada: Person, bob: Person): Promise<void> {
  const [one, two] = [ada.start(['listen', '--json']), bob.start(['listen', '--json'])]
  for (const [person, peer] of [
    [ada, 'Bob'],
    [bob, 'Ada'],
  ] as const) {
    await until(async () => (await answered<{ told: string[] }>(person, 'contacts', 'show', peer)).told.includes('mailbox'))
    await until(async () => (await answered<readonly object[]>(person, 'outbox')).length === 0)
  }
  for (const process of [one, two]) process.signal('SIGINT')
  for (const process of [one, two]) assert.is((await process.ended).code, 0)
}

/** There alone until this has come and everything that came is acknowledged. */
async function awake(person: Person, peer: string, text?: string): Promise<void> {
  const process = person.start(['--json', 'messages', 'watch'])
  if (text !== undefined) await process.says(text)
  await until(async () => {
    const { owed, mailboxes } = await answered<{ owed: number; mailboxes: { reached: boolean }[] }>(person, 'mailbox', 'status')
    return owed === 0 && mailboxes.every(({ reached }) => reached)
  })
  if (text === undefined) await until(async () => (await conversation(person, peer)).every(isSettled))
  process.signal('SIGINT')
  assert.is((await process.ended).code, 0)
}

const isSettled = ({ mine, state }: { readonly mine: boolean; readonly state: string }) =>
  !mine || state === 'delivered' || state === 'failed'

const saidIn = async (person: Person, peer: string, mine: boolean) =>
  (await conversation(person, peer)).filter((one) => one.mine === mine && one.kind === 'text').map(({ text }) => text)

/** Each look is a process of its own, so there is no need to rest in between. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let looks = 0; !(await isSo()); looks++) if (looks > 100) throw new Error(`not so: ${isSo.toString()}`)
}

test.run()
