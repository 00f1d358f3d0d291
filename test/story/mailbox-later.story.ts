// slow, limit: 500 s
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { startRelayProcess } from '../mailbox/relay-process.ts'
import type { Person } from './cli-process.ts'
import { collected, mailboxesLearnt, settled } from './here-and-away.ts'
import { hoursAhead, sleepTill } from './hours-ahead.ts'
import { answered, conversation, meet, newTalker } from './two-talkers.ts'

const day = 24
const withMailbox = { ...hoursAhead(0), 'mailbox-client': true, 'mailbox-desk': true }

test('who is away for a day or a week finds everything, in order and once, and the author learns of it; after three weeks it is said that it is over', async () => {
  await using relay = await startRelayProcess({ plugins: hoursAhead(0) })
  await using ada = newTalker(withMailbox)
  await using bob = newTalker(withMailbox)
  await meet(ada, bob)
  for (const one of [ada, bob]) await answered(one, 'relay', 'add', relay.link)
  await mailboxesLearnt(ada, bob)
  const counts = () => answered<{ queues: number; blocks: number }>(relay.operator, 'mailbox', 'counts')
  let { queues } = await counts()

  let hours = 0
  /** Everybody sleeps, and the relay comes back with the name and the address that it had. */
  const later = async (more: number) => {
    hours += more
    const { link, process } = relay
    process.signal('SIGTERM')
    assert.is((await process.ended).code, 0)
    for (const person of [relay.operator, ada, bob]) sleepTill(person, hours)
    await relay.start()
    assert.is(relay.link, link)
  }

  for (const away of [day, 7 * day]) {
    const texts = ['one', 'two', 'three', 'four', 'five'].map((text) => `${text}, ${away} hours`)
    for (const text of texts) await stored(ada, text)
    await later(away)
    await collected(bob, texts.at(-1)!)
    // What he has to say about all of them waits for her together.
    assert.ok((await counts()).blocks < texts.length)
    assert.equal((await textsFrom(bob, 'Ada')).slice(-texts.length), texts)
    await settled(ada, 'Bob')
    assert.ok((await conversation(ada, 'Bob')).every(({ mine, state }) => !mine || state === 'delivered'))
    // Queues turn with the week, and each hears of the other's new one.
    await mailboxesLearnt(ada, bob)
    const turned = away === day ? 0 : 2
    assert.is((await counts()).queues, queues + turned)
    queues += turned
  }

  const last = 'nobody came for this'
  await stored(ada, last)
  await later(22 * day)
  await settled(bob, 'Ada')
  assert.not.ok((await textsFrom(bob, 'Ada')).includes(last))
  const end = (await conversation(ada, 'Bob')).find(({ text }) => text === last)!
  assert.equal([end.state, end.why], ['failed', 'timed-out'])
  const { out } = await ada.palabre('history', 'Bob')
  assert.match(out, new RegExp(`${last} {2}\\[failed: it did not arrive in time`))
})

async function stored(person: Person, text: string): Promise<void> {
  const sent = await answered<{ state: string }>(person, 'send', '--to', 'Bob', '--message', text, '--seconds', '60')
  assert.is(sent.state, 'stored')
}

const textsFrom = async (person: Person, peer: string) =>
  (await conversation(person, peer)).filter(({ mine, kind }) => !mine && kind === 'text').map(({ text }) => text)

test.run()
