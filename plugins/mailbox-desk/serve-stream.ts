import { equalBytes, isPalabreError, messageOf } from '@palabre/sdk'
import type { ByteStream } from '@palabre/sdk/contract/byte-stream'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Log } from '@palabre/sdk/contract/log'
import { claimStatement, createStatement } from '@palabre/sdk/contract/mailbox-statement'
import {
  encodeAnswer,
  mailboxWire,
  readRequests,
  refusals,
  type MailboxAnswer,
  type MailboxRequest,
  type Refusal,
} from '@palabre/sdk/contract/mailbox-wire'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import { limits } from './limits.ts'
import { createPump, type Pump } from './pump.ts'
import type { QueueStore } from '@palabre/sdk/contract/queue-store'

export interface Serving {
  readonly store: QueueStore
  readonly primitives: Primitives
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
  /** Aborted when no more requests are taken, and those under way are answered. */
  readonly draining: AbortSignal
  /** Aborted when it must end now. */
  readonly signal: AbortSignal
  /** Queues that this node collects from, over all its streams. */
  readonly collected: Set<number>
}

type Slot =
  | { readonly role: 'sender'; readonly queue: number }
  | { readonly role: 'recipient'; readonly queue: number; pump?: Pump }

/** Answers one stream until it ends or says what is no message. */
export async function serveStream(stream: ByteStream, serving: Serving): Promise<void> {
  const { store, primitives, clock, log, collected } = serving
  const nonce = primitives.randomBytes(32)
  const slots: Slot[] = []
  const mine = new Set<number>()
  const underWay = new Set<Promise<void>>()
  const say = (answer: MailboxAnswer) => stream.write(encodeAnswer(answer), { signal: serving.signal })

  const pumps = () => slots.flatMap((slot) => (slot.role === 'recipient' && slot.pump !== undefined ? [slot] : []))
  const watching = store.watch((news) => {
    for (const { queue, pump } of pumps()) if (news === 'any' || queue === news) pump?.wake()
  })
  const stop = () => stream.abort()
  const drain = async () => {
    await Promise.allSettled(underWay)
    await stream.closeWrite().catch(stop)
  }
  const startDraining = () => void drain()
  serving.signal.addEventListener('abort', stop)
  serving.draining.addEventListener('abort', startDraining)
  try {
    await say({ kind: 'hello', nonce })
    for await (const request of readRequests(stream.bytes)) {
      // Who asks now asks another mailbox, or this one when it is back.
      if (serving.draining.aborted) continue
      const work = answer(request).finally(() => underWay.delete(work))
      underWay.add(work)
      if (underWay.size >= mailboxWire.underWay) await Promise.race(underWay)
    }
  } catch (error) {
    stream.abort()
    // Who it was is not told: logs must not say who came when.
    log.debug('a stream ended', { code: isPalabreError(error) ? error.code : 'internal' })
  } finally {
    serving.signal.removeEventListener('abort', stop)
    serving.draining.removeEventListener('abort', startDraining)
    watching[Symbol.dispose]()
    for (const queue of mine) collected.delete(queue)
    await Promise.allSettled(underWay)
    await Promise.allSettled(pumps().map(async ({ pump }) => pump?.stop()))
  }

  async function answer(request: MailboxRequest): Promise<void> {
    const outcome = await perform(request).catch((error: unknown): Refusal => {
      log.error('a request could not be kept', { reason: messageOf(error) })
      return 'failed'
    })
    await say(
      typeof outcome === 'number'
        ? { kind: 'done', request: request.request, slot: outcome }
        : { kind: 'refused', request: request.request, reason: refusals.indexOf(outcome) },
    ).catch(() => undefined)
  }

  /** The slot, or zero; else why not. */
  async function perform(request: MailboxRequest): Promise<number | Refusal> {
    switch (request.kind) {
      case 'create':
        return create(request)
      case 'claim':
        return claim(request)
      case 'deposit': {
        const slot = slots[request.slot - 1]
        if (slot?.role !== 'sender') return 'unknown'
        const name = primitives.sha256(request.block).subarray(0, 16)
        const state = await store.deposit(slot.queue, { name, body: request.block }, clock.now())
        return state === 'kept' ? 0 : state
      }
      case 'collect': {
        const slot = slots[request.slot - 1]
        if (slot?.role !== 'recipient') return 'unknown'
        slot.pump ??= createPump({ store, clock, queue: slot.queue, slot: request.slot, say, signal: serving.signal })
        slot.pump.wake()
        return 0
      }
      case 'acknowledge': {
        const slot = slots[request.slot - 1]
        if (slot?.role !== 'recipient') return 'unknown'
        await store.acknowledge(slot.queue, [request.name])
        slot.pump?.acknowledged(request.name)
        return 0
      }
      case 'remove': {
        const slot = slots[request.slot - 1]
        if (slot?.role !== 'recipient') return 'unknown'
        await slot.pump?.stop()
        collected.delete(slot.queue)
        await store.remove(slot.queue)
        return 0
      }
    }
  }

  async function create(request: Extract<MailboxRequest, { kind: 'create' }>): Promise<number | Refusal> {
    if (collected.size >= limits.queuesOfPeer) return 'too-many'
    if (equalBytes(request.recipient, request.sender)) return 'unknown'
    if (!primitives.ed25519.verify(request.recipientKey, createStatement(nonce, request), request.signature)) return 'unknown'
    const made = await store.create(request, clock.now(), stream.peer)
    if (made === 'full' || made === 'denied') return made
    return made === 'taken' ? 'unknown' : collectsFrom(made.queue)
  }

  async function claim({ role, id, signature }: Extract<MailboxRequest, { kind: 'claim' }>): Promise<number | Refusal> {
    const found = await store.find(role === 0 ? 'recipient' : 'sender', id, clock.now())
    if (found === undefined || !primitives.ed25519.verify(found.key, claimStatement(nonce, role, id), signature)) return 'unknown'
    if (role === 0) return collectsFrom(found.queue)
    return slots.length >= limits.queuesOfPeer + limits.depositsOfStream
      ? 'too-many'
      : slots.push({ role: 'sender', queue: found.queue })
  }

  function collectsFrom(queue: number): number | Refusal {
    const there = slots.findIndex((slot) => slot.role === 'recipient' && slot.queue === queue)
    if (there >= 0) return there + 1
    if (!collected.has(queue) && collected.size >= limits.queuesOfPeer) return 'too-many'
    collected.add(queue)
    mine.add(queue)
    return slots.push({ role: 'recipient', queue })
  }
}
