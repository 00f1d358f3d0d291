import * as assert from 'uvu/assert'
import { mailboxWire } from '../contract/mailbox-wire.ts'
import { lawWith, type Law } from './law.ts'
import { freshQueue, refusalOf, speakTo, type MailboxSpeaker, type Spoken } from './mailbox-speaker.ts'

/** Whatever serves `mailboxWire`, with an empty store behind it. */
export interface MailboxSubject extends Spoken {
  /** The overlay peer id of somebody who may make queues there. */
  readonly friend: string
  /** Blocks that one queue holds. */
  readonly blocks: number
  /** What its store holds. */
  counts(): Promise<{ readonly queues: number; readonly blocks: number }>
}

export const mailboxLaws: readonly Law<MailboxSubject>[] = [
  lawWith('what is deposited is pushed to who collects, once, and forgotten when it is acknowledged', async (box) => {
    const { collector, slot, depositor, into } = await openQueue(box)
    await collector.ask({ kind: 'collect', slot })
    await collector.hears('empty')
    const block = randomBlock(box)
    await depositor.ask({ kind: 'deposit', slot: into, block })
    await depositor.ask({ kind: 'deposit', slot: into, block })
    const { name, block: came } = await collector.hears('block')
    assert.equal(came, block)
    assert.equal(await box.counts(), { queues: 1, blocks: 1 })
    await collector.ask({ kind: 'acknowledge', slot, name })
    assert.equal(await box.counts(), { queues: 1, blocks: 0 })
    assert.is(collector.said.filter(({ kind }) => kind === 'block').length, 1)
  }),
  lawWith('what was not acknowledged comes again on the next stream, in the order in which it was deposited', async (box) => {
    const { queue, depositor, into } = await openQueue(box)
    const blocks = [randomBlock(box), randomBlock(box), randomBlock(box)]
    for (const block of blocks) await depositor.ask({ kind: 'deposit', slot: into, block })
    for (let round = 0; round < 2; round++) {
      const collector = await speakTo(box, box.friend)
      await collector.ask({ kind: 'collect', slot: await collector.claim(0, queue) })
      await collector.hears('empty')
      assert.equal(
        collector.said.flatMap((one) => (one.kind === 'block' ? [one.block] : [])),
        blocks,
      )
      collector.end()
    }
  }),
  lawWith(
    'nobody does without its key what the key is for; wrong keys, unknown queues, foreign slots look the same',
    async (box) => {
      const { queue, collector: owner } = await openQueue(box)
      const stranger = await speakTo(box, box.friend)
      const depositorOnly = { ...queue, recipient: queue.sender, recipientSeed: queue.senderSeed }
      assert.is(await refusalOf(stranger.claim(0, depositorOnly)), 'unknown')
      assert.is(await refusalOf(stranger.claim(1, { ...queue, senderSeed: queue.recipientSeed })), 'unknown')
      assert.is(await refusalOf(stranger.claim(1, freshQueue(box.primitives))), 'unknown')
      const into = await stranger.claim(1, queue)
      for (const kind of ['collect', 'remove'] as const) assert.is(await refusalOf(stranger.ask({ kind, slot: into })), 'unknown')
      assert.is(await refusalOf(stranger.ask({ kind: 'acknowledge', slot: into, name: new Uint8Array(16) })), 'unknown')
      assert.is(await refusalOf(owner.ask({ kind: 'deposit', slot: 1, block: randomBlock(box) })), 'unknown')
      // A signature that was good on another stream.
      assert.is(await refusalOf(stranger.ask(owner.lastCreate())), 'unknown')
      // Somebody else's ids cannot be taken over.
      assert.is(await refusalOf(stranger.create({ ...freshQueue(box.primitives), sender: queue.sender })), 'unknown')
    },
  ),
  lawWith('a queue holds so many blocks, and the next one is refused', async (box) => {
    const { depositor, into } = await openQueue(box)
    const deposit = () => depositor.ask({ kind: 'deposit', slot: into, block: randomBlock(box) })
    await Promise.all(Array.from({ length: box.blocks }, deposit))
    assert.is(await refusalOf(deposit()), 'full')
    assert.equal(await box.counts(), { queues: 1, blocks: box.blocks })
  }),
  lawWith('removing a queue takes everything in it', async (box) => {
    const { collector, slot, depositor, into } = await openQueue(box)
    await depositor.ask({ kind: 'deposit', slot: into, block: randomBlock(box) })
    await collector.ask({ kind: 'remove', slot })
    assert.equal(await box.counts(), { queues: 0, blocks: 0 })
    assert.is(await refusalOf(depositor.ask({ kind: 'deposit', slot: into, block: randomBlock(box) })), 'unknown')
  }),
]

/** A queue that a friend has made and somebody else may deposit in. */
async function openQueue(box: MailboxSubject) {
  const queue = freshQueue(box.primitives)
  const collector: MailboxSpeaker = await speakTo(box, box.friend)
  const slot = await collector.create(queue)
  const depositor = await speakTo(box, 'anybody else')
  return { queue, collector, slot, depositor, into: await depositor.claim(1, queue) }
}

function randomBlock({ primitives }: MailboxSubject): Uint8Array {
  const block = new Uint8Array(mailboxWire.block)
  block.set(primitives.randomBytes(32))
  return block
}
