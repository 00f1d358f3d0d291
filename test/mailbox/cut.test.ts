import { openMailboxStream, type MailboxStream } from '@palabre/mailbox-client/mailbox-stream'
import { equalBytes, isPalabreError } from '@palabre/sdk'
import { encodeAnswer, encodeRequest, mailboxWire, readAnswers, readRequests } from '@palabre/sdk/contract/mailbox-wire'
import { readRelayLink } from '@palabre/sdk/contract/relay-link'
import type { SeededRandom } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { cutAnywhere, cutStream, type Cut } from './cut-stream.ts'
import { startRelay, type TestRelay } from './relay-host.ts'
import { talkPast } from './talk-past.ts'
import { toldRandom } from './told-random.ts'
import { newWireQueue, type WireQueue } from './wire-client.ts'
import { startWireNode, type WireNode } from './wire-node.ts'

const body = new Uint8Array(mailboxWire.block).fill(7)
/** Only a fault takes so long. */
const patience = 30_000
const [name, nonce] = [new Uint8Array(16).fill(1), new Uint8Array(32).fill(2)]

test('a message that ends too early, at whichever of its bytes, is none, and the end of the stream is no end in good order', async () => {
  const messages = [
    [readAnswers, encodeAnswer({ kind: 'hello', nonce })],
    [readAnswers, encodeAnswer({ kind: 'done', request: 1, slot: 1 })],
    [readAnswers, encodeAnswer({ kind: 'block', slot: 1, name, block: body })],
    [readRequests, encodeRequest({ kind: 'deposit', request: 1, slot: 1, block: body })],
    [readRequests, encodeRequest({ kind: 'acknowledge', request: 1, slot: 1, name })],
  ] as const
  for (const [read, whole] of messages) {
    assert.equal(await codeOfReading(read, whole), ['it was read'])
    for (let length = 1; length < whole.length; length++)
      assert.equal(await codeOfReading(read, whole.subarray(0, length)), ['closed'])
  }
})

async function codeOfReading(read: typeof readAnswers | typeof readRequests, bytes: Uint8Array): Promise<string[]> {
  const came: string[] = []
  try {
    for await (const _message of read(piecesOf(bytes))) came.push('it was read')
  } catch (error) {
    came.push(isPalabreError(error) ? error.code : String(error))
  }
  return came
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

test('a mailbox that cuts a conversation anywhere: what it promised holds, the rest is told, and a block comes whole or not at all', async () => {
  const random = toldRandom()
  let cut: Cut | undefined
  await using relay = await startRelay({ cut: (stream) => (cut === undefined ? stream : cutStream(stream, cut)) })
  await using node = await startWireNode()
  for (const way of ['said', 'heard'] as const) {
    for (const after of placesIn(conversation[way], random)) {
      const where = `cut after ${after} bytes of what is ${way}`
      const queue = newWireQueue(node.primitives)
      cut = { of: way, after }
      const first = await converse(relay, node, queue)
      assert.not.ok(first.isWhole, where)
      cut = undefined
      const second = await converse(relay, node, queue, first)
      assert.ok(second.isWhole, where)
      assert.ok(second.came <= 1 && second.came >= (first.acknowledged === 'not asked' ? 1 : 0), `${where}: ${second.came} came`)
      if (first.acknowledged === 'done') assert.is(second.came, 0, where)
      assert.is(relay.count('block'), 0, where)
    }
  }
})

/** How long the messages of one conversation are, in their order. */
const conversation = { said: [33, 7, 7, 7, 7, 16_403, 3, 7], heard: [165, 86, 16_391, 7, 23] }

/** Each byte of each message, but of those that hold a block some in its middle only. */
function placesIn(lengths: readonly number[], random: SeededRandom): number[] {
  const [edge, inside] = [24, 12]
  let begun = 0
  const places = lengths.flatMap((length) => {
    const all = Array.from({ length }, (_, at) => begun + at + 1)
    begun += length
    if (length <= mailboxWire.block) return all
    const middle = Array.from({ length: inside }, () => all[edge + random.below(length - 2 * edge)]!)
    return [...all.slice(0, edge), ...middle, ...all.slice(-edge)]
  })
  // After the last byte nothing is missing.
  return places.slice(0, -1)
}

interface Conversation {
  /** Everything that was asked was answered. */
  readonly isWhole: boolean
  readonly isPromised: boolean
  readonly acknowledged: 'not asked' | 'asked' | 'done'
  /** How many blocks came. */
  readonly came: number
}

/** Makes the queue, deposits a block unless that was promised before, collects what there is, and has it forgotten. */
async function converse(relay: TestRelay, node: WireNode, queue: WireQueue, before?: Conversation): Promise<Conversation> {
  const done = {
    isWhole: false,
    isPromised: before?.isPromised ?? false,
    acknowledged: 'not asked' as Conversation['acknowledged'],
    came: 0,
  }
  let stream: MailboxStream | undefined
  try {
    stream = await openMailboxStream({ ...node, signal: AbortSignal.timeout(patience) }, readRelayLink(relay.link)!)
    const collecting = await stream.create(namesOf(queue), queue.mine.secretKey)
    const depositing = await stream.claim('sender', queue.sender, queue.theirs.secretKey)
    if (!done.isPromised) await stream.deposit(depositing, body)
    done.isPromised = true
    let acknowledged = Promise.resolve()
    const empty = Promise.withResolvers<boolean>()
    await stream.collect(collecting, {
      block(called, block) {
        assert.ok(equalBytes(block, body), 'a block that is not what was deposited')
        done.came += 1
        done.acknowledged = 'asked'
        acknowledged = stream!.acknowledge(collecting, called).then(() => void (done.acknowledged = 'done'))
      },
      empty: () => empty.resolve(true),
    })
    const isEmpty = await Promise.race([empty.promise, stream.closed.then(() => false)])
    await acknowledged
    done.isWhole = isEmpty
  } catch (error) {
    assert.ok(isPalabreError(error), String(error))
    assert.is(error.code, 'unreachable')
  } finally {
    stream?.close()
  }
  return done
}

const namesOf = ({ recipient, sender, mine, theirs }: WireQueue) => ({
  recipient,
  sender,
  recipientKey: mine.publicKey,
  senderKey: theirs.publicKey,
})

test('of two mailboxes one cuts its streams somewhere: all of it arrives, in order and once, and its author learns of it', async () => {
  await using cutting = await startRelay({ cut: cutAnywhere(toldRandom(), 20) })
  await using honest = await startRelay()
  await talkPast([cutting, honest], 10)
})

test.run()
