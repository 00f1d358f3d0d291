// limit: 240 s
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { newPerson, type CliProcess, type Person } from './cli-process.ts'

/** Everything on this machine's own addresses. */
const local = (more: object = {}) => ({
  plugins: {
    'transport-tcp': { config: { listen: ['/ip4/127.0.0.1/tcp/0'] } },
    'transport-websocket': false,
    'stun-server': false,
    'discovery-mdns': false,
    ...more,
  },
  profiles: { relay: { plugins: { 'stun-server': false } } },
})

const lines = (said: string) =>
  said
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

async function startRelay(person: Person): Promise<{ readonly link: string; readonly process: CliProcess }> {
  const process = person.start(['relay', '--json'])
  const said = await process.says(/"link":"[^"]+"/)
  return { link: /"link":"([^"]+)"/.exec(said)![1]!, process }
}

async function done(person: Person, ...args: string[]): Promise<Record<string, unknown>[]> {
  const { code, out, err } = await person.palabre('--json', ...args)
  assert.is(code, 0, `palabre ${args.join(' ')}: ${err}`)
  return lines(out)
}

type Said = readonly { readonly text: string; readonly state: string }[]

const historyOf = async (person: Person, peer: string) => {
  const [history] = await done(person, 'history', peer)
  return history as unknown as Said
}
const textsOf = async (person: Person, peer: string) => (await historyOf(person, peer)).map(({ text }) => text)
const statesOf = async (person: Person, peer: string) => (await historyOf(person, peer)).map(({ state }) => state)

/** Stays until everything that came is acknowledged to who wrote it. */
async function awake(person: Person, until: RegExp): Promise<void> {
  const process = person.start(['--json', 'messages', 'watch'])
  await process.says(until)
  for (let owed = 1; owed > 0;) owed = (await done(person, 'mailbox', 'status'))[0]!['owed'] as number
  process.signal('SIGINT')
  assert.is((await process.ended).code, 0)
}

test('the inviter sleeps, the guest joins and writes and leaves; each finds what the other left at the relay, in order and once', async () => {
  await using operator = newPerson(local())
  await using ada = newPerson(local())
  await using bob = newPerson(local())
  const relay = await startRelay(operator)
  assert.match(relay.link, /^palabre:relay#\/ip4\/127\.0\.0\.1\/tcp\/\d+\/p2p\/12D3KooW/)

  for (const person of [ada, bob]) await done(person, 'relay', 'add', relay.link)
  const [invite] = await done(ada, 'invite', 'create')
  await done(bob, 'invite', 'accept', invite!['link'] as string, '--name', 'Ada')
  for (const text of ['one', 'two', 'three']) {
    const [kept] = await done(bob, 'send', '--to', 'Ada', '--message', text, '--wait', 'sent', '--seconds', '60')
    assert.is(kept!['state'], 'stored', JSON.stringify(kept))
  }

  const [counts] = await done(operator, '--profile', 'relay', 'mailbox', 'counts')
  assert.ok((counts!['blocks'] as number) >= 1, JSON.stringify(counts))
  assert.is((await bob.palabre('--json', 'outbox')).code, 0)

  await awake(ada, /"text":"three"/)
  const [adaKnows] = await done(ada, 'contacts', 'list')
  const bobId = (adaKnows as unknown as { id: string }[])[0]!.id
  assert.equal(await textsOf(ada, bobId), ['one', 'two', 'three'])
  const [answer] = await done(ada, 'send', '--to', bobId, '--message', 'four', '--wait', 'sent', '--seconds', '60')
  assert.is(answer!['state'], 'stored')

  await awake(bob, /"text":"four"/)
  assert.equal(await textsOf(bob, 'Ada'), ['one', 'two', 'three', 'four'])
  assert.ok((await statesOf(bob, 'Ada')).slice(0, 3).every((state) => state === 'delivered'))
  relay.process.signal('SIGTERM')
  assert.is((await relay.process.ended).code, 0)
})

test.run()
