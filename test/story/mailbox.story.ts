import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { startRelayProcess } from '../mailbox/relay-process.ts'
import { newPerson, type CliProcess, type Person } from './cli-process.ts'
import { collected } from './here-and-away.ts'
import { answered, conversation, linkOf, texts as textsOf } from './two-talkers.ts'
import { filesIn, isInMemory } from './what-is-held.ts'

/** Everything on this machine's own addresses. */
const talker = () => newPerson({ plugins: { 'transport-websocket': false, 'discovery-mdns': false } })

const marker = 'quince-lighthouse-marmalade'
const texts = ['one', 'two', 'three', 'four'].map((text) => `${text} ${marker}`)

test('the inviter sleeps, the guest joins and writes and leaves; each finds what the other left at the relay, in order and once', async () => {
  await using relay = await startRelayProcess({
    plugins: { 'log-console': { config: { level: 'trace' } }, 'relay-metrics': { config: { port: 0 } } },
  })
  const { operator } = relay
  await using ada = talker()
  await using bob = talker()
  assert.match(relay.link, /^palabre:relay#\/ip4\/127\.0\.0\.1\/tcp\/\d+\/p2p\/12D3KooW/)

  for (const person of [ada, bob]) {
    await answered(person, 'relay', 'add', relay.link)
    assert.equal(await reachedFrom(person), [true])
  }
  await answered(bob, 'invite', 'accept', await linkOf(ada), '--name', 'Ada')
  // Longer than this story may take: it ends when the mailbox has it.
  for (const text of texts.slice(0, 3))
    assert.is((await answered<Said>(bob, 'send', '--to', 'Ada', '--message', text, '--seconds', '600')).state, 'stored')

  const counts = await answered<{ blocks: number }>(operator, 'mailbox', 'counts')
  assert.ok(counts.blocks >= 1, JSON.stringify(counts))

  await collected(ada, texts[2]!)
  const bobId = await onlyContactOf(ada)
  assert.equal(await textsOf(ada, bobId), texts.slice(0, 3))
  const answer = await answered<Said>(ada, 'send', '--to', bobId, '--message', texts[3]!, '--wait', 'sent', '--seconds', '60')
  assert.is(answer.state, 'stored')

  await collected(bob, texts[3]!)
  assert.equal(await textsOf(bob, 'Ada'), texts)
  assert.ok((await conversation(bob, 'Ada')).slice(0, 3).every(({ state }) => state === 'delivered'))
  const adaId = await onlyContactOf(bob)
  await toldNothing(operator, relay.process, [marker, adaId, bobId, keyIn(adaId), keyIn(bobId)])
  relay.process.signal('SIGTERM')
  assert.is((await relay.process.ended).code, 0)
  assert.equal(await reachedFrom(ada), [false])
})

interface Said {
  readonly state: string
}

const onlyContactOf = async (person: Person) => (await answered<readonly { id: string }[]>(person, 'contacts', 'list'))[0]!.id

/** Asked by a process that has only just begun. */
async function reachedFrom(person: Person): Promise<readonly boolean[]> {
  const { mailboxes } = await answered<{ mailboxes: readonly { readonly reached: boolean }[] }>(person, 'mailbox', 'status')
  return mailboxes.map(({ reached }) => reached)
}

/** None of it is in the relay's memory, in its files, in its counts or in its log at its chattiest. */
async function toldNothing(operator: Person, relay: CliProcess, secrets: readonly (string | Buffer)[]): Promise<void> {
  const metrics = /http:\/\/127\.0\.0\.1:\d+\/metrics/
  const counts = await (await fetch(metrics.exec(await relay.says(metrics, 'err'))![0])).text()
  assert.match(counts, 'palabre_mailbox_blocks')
  const places = [...filesIn(operator.profileDir), Buffer.from(relay.said('out') + relay.said('err') + counts)]
  for (const secret of secrets) {
    for (const place of places) assert.not.ok(place.includes(secret), `${secret.toString('latin1')} is kept or logged`)
    if (process.platform === 'linux')
      assert.not.ok(isInMemory(relay.child.pid!, Buffer.from(secret)), `${secret.toString('latin1')} is in the memory`)
  }
  if (process.platform === 'linux') assert.ok(isInMemory(relay.child.pid!, Buffer.from('mailbox.db')), 'what is there is found')
  else console.log('SKIPPED: looking into the memory of the relay: told on Linux only')
}

/** The signing key that a user id spells: 52 letters of five bits, between the prefix and the checksum. */
function keyIn(userId: string): Buffer {
  const bits = Array.from(userId.slice(4, -6), (letter) =>
    'qpzry9x8gf2tvdw0s3jn54khce6mua7l'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  return Buffer.from(
    bits
      .join('')
      .match(/.{8}/g)!
      .map((byte) => Number.parseInt(byte, 2)),
  )
}

test.run()
