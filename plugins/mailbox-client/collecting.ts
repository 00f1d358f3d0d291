import { isPalabreError, messageOf, toHex } from '@palabre/sdk'
import type { Log } from '@palabre/sdk/contract/log'
import type { RelayPlace } from '@palabre/sdk/contract/relay-link'
import { limits } from './limits.ts'
import { openMailboxStream, type MailboxStream, type StreamSources } from './mailbox-stream.ts'
import type { MyQueue, MyQueues } from './my-queues.ts'

export interface CollectingSources extends StreamSources {
  readonly log: Log
  readonly queues: MyQueues
  /** Resolves with true when the block may be forgotten. */
  take(queue: MyQueue, block: Uint8Array): Promise<boolean>
  /** A queue of ours stands at its mailbox. */
  heard(queue: MyQueue): Promise<void>
  /** A mailbox of ours answers, or no longer does. */
  reached(peer: string, isReached: boolean): void
}

/**
 * Keeps a stream to one mailbox of ours and collects from all our queues there, until the signal aborts or it is none of ours. `placeOf`
 * says where it is now.
 */
export async function collectFrom(sources: CollectingSources, placeOf: () => RelayPlace | undefined): Promise<void> {
  const { clock, log, signal, primitives } = sources
  let failures = 0
  for (let place = placeOf(); place !== undefined && !signal.aborted; place = placeOf()) {
    try {
      await collectOnce(sources, place, () => (failures = 0))
    } catch (error) {
      if (signal.aborted) return
      sources.reached(place.peer, false)
      if (failures === 0) log.warn('a mailbox of ours is out of reach', { reason: messageOf(error) })
    }
    failures += 1
    const pause =
      Math.min(limits.longestPause, limits.firstPause * 2 ** (failures - 1)) * (0.75 + primitives.randomBytes(1)[0]! / 512)
    await clock.sleep(pause, signal).catch(() => undefined)
  }
}

async function collectOnce(sources: CollectingSources, relay: RelayPlace, reached: () => void): Promise<void> {
  const { queues, clock, signal } = sources
  const stream = await openMailboxStream(sources, relay)
  const isHere = (queue: MyQueue) => queue.relay.peer === relay.peer
  const attached = new Set<string>()
  const attach = (queue: MyQueue) => {
    const name = toHex(queue.recipient)
    if (attached.has(name)) return
    attached.add(name)
    // Ends by itself with the stream.
    void attachAtLast(sources, stream, queue).catch(() => undefined)
  }
  using _ = queues.watch((queue) => void (isHere(queue) && attach(queue)))
  reached()
  sources.reached(relay.peer, true)
  const ended = stream.closed.then(() => {
    sources.reached(relay.peer, false)
    return true
  })
  for (let over = false; !over && !signal.aborted;) {
    for (const queue of queues.all().filter(isHere)) {
      if (queue.until !== undefined && queue.until < clock.now()) await letGo(sources, stream, queue)
      else attach(queue)
    }
    // Those that are over meanwhile are removed.
    const pause = new AbortController()
    const rested = clock.sleep(limits.tidy, AbortSignal.any([signal, pause.signal])).then(
      () => false,
      () => false,
    )
    over = await Promise.race([ended, rested])
    pause.abort()
    await rested
  }
  stream.close()
}

/** Asks again while it is refused: the mailbox may be full for the moment, or not have heard yet that it keeps for us. */
async function attachAtLast(sources: CollectingSources, stream: MailboxStream, queue: MyQueue): Promise<void> {
  const { clock, log, signal } = sources
  const over = new AbortController()
  void stream.closed.then(() => over.abort())
  const ended = AbortSignal.any([signal, over.signal])
  const { first, longest } = limits.refused
  for (let pause: number = first; ; pause = Math.min(longest, pause * 2)) {
    try {
      return await attachQueue(sources, stream, queue)
    } catch (error) {
      if (pause === first && !ended.aborted) log.warn('a queue could not be opened', { reason: messageOf(error) })
    }
    await clock.sleep(pause, ended)
  }
}

async function attachQueue(sources: CollectingSources, stream: MailboxStream, queue: MyQueue): Promise<void> {
  const { log, signal } = sources
  const slot = await stream.create(namesOf(sources, queue), queue.recipientSeed)
  await sources.heard(queue)
  const underWay = new Set<string>()
  await stream.collect(slot, {
    block(name, block) {
      const key = toHex(name)
      if (underWay.has(key)) return
      underWay.add(key)
      void sources
        .take(queue, block)
        .then(async (isDone) => {
          if (isDone) await stream.acknowledge(slot, name)
        })
        .catch((error: unknown) => {
          if (!signal.aborted) log.debug('a block stays where it is', { reason: messageOf(error) })
        })
        .finally(() => underWay.delete(key))
    },
    empty: () => undefined,
  })
}

/** Makes a queue known at its mailbox, so that others can deposit in it while we are away. */
export async function registerQueue(sources: Pick<CollectingSources, keyof StreamSources>, queue: MyQueue): Promise<void> {
  const stream = await openMailboxStream(sources, queue.relay)
  try {
    await stream.create(namesOf(sources, queue), queue.recipientSeed)
  } finally {
    stream.close()
  }
}

async function letGo(sources: CollectingSources, stream: MailboxStream, queue: MyQueue): Promise<void> {
  try {
    await stream.remove(await stream.create(namesOf(sources, queue), queue.recipientSeed))
  } catch (error) {
    // Who keeps nothing for us any more has forgotten it already.
    if (!isPalabreError(error) || error.code !== 'denied') throw error
  }
  await sources.queues.forget(queue)
}

const namesOf = ({ primitives }: Pick<StreamSources, 'primitives'>, queue: MyQueue) => ({
  recipient: queue.recipient,
  sender: queue.sender,
  recipientKey: primitives.ed25519.generate(queue.recipientSeed).publicKey,
  senderKey: primitives.ed25519.generate(queue.senderSeed).publicKey,
})
