import { isPalabreError, messageOf } from '@palabre/sdk'
import type { ByteStream } from '@palabre/sdk/contract/byte-stream'
import type { Clock } from '@palabre/sdk/contract/clock'
import { claimStatement, createStatement, type QueueNames } from '@palabre/sdk/contract/mailbox-statement'
import {
  encodeRequest,
  mailboxWire,
  readAnswers,
  refusals,
  type MailboxAnswer,
  type MailboxRequest,
} from '@palabre/sdk/contract/mailbox-wire'
import type { Network } from '@palabre/sdk/contract/network'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import type { RelayPlace } from '@palabre/sdk/contract/relay-link'
import { faults } from './faults.ts'
import { limits } from './limits.ts'

/** One stream to one mailbox. Everything fails as the stream ends, with `unreachable`; a refusal says what it is. */
export interface MailboxStream {
  readonly closed: Promise<void>
  /** The slot that stands for the queue from now on. */
  create(names: QueueNames, recipientSeed: Uint8Array): Promise<number>
  claim(role: 'recipient' | 'sender', id: Uint8Array, seed: Uint8Array): Promise<number>
  deposit(slot: number, block: Uint8Array): Promise<void>
  /** From now on blocks of this slot come to `take`. */
  collect(slot: number, take: Collected): Promise<void>
  acknowledge(slot: number, name: Uint8Array): Promise<void>
  remove(slot: number): Promise<void>
  close(): void
}

interface Collected {
  block(name: Uint8Array, block: Uint8Array): void
  /** Everything there was has come. */
  empty(): void
}

export interface StreamSources {
  readonly network: Network
  readonly primitives: Primitives
  readonly clock: Clock
  readonly signal: AbortSignal
}

type Asked = MailboxRequest extends infer One ? (One extends MailboxRequest ? Omit<One, 'request'> : never) : never

export async function openMailboxStream(sources: StreamSources, place: RelayPlace): Promise<MailboxStream> {
  const { primitives, clock, signal } = sources
  const stream = await reach(sources, place)

  const waiting = new Map<number, { resolve(slot: number): void; reject(error: unknown): void }>()
  const collecting = new Map<number, Collected>()
  const hello = Promise.withResolvers<Uint8Array>()
  const closed = Promise.withResolvers<void>()
  let requests = 0
  let isOver = false

  const end = (error: unknown) => {
    if (isOver) return
    isOver = true
    stream.abort()
    hello.reject(error)
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
    closed.resolve()
  }
  const stop = () => end(faults.ended(signal.reason))
  signal.addEventListener('abort', stop, { once: true })
  void closed.promise.then(() => signal.removeEventListener('abort', stop))
  // Who waits for it is told; when nobody does, nobody needs to be.
  hello.promise.catch(() => undefined)

  const take = (answer: MailboxAnswer) => {
    switch (answer.kind) {
      case 'hello':
        return hello.resolve(answer.nonce)
      case 'done':
      case 'refused': {
        const asked = waiting.get(answer.request)
        waiting.delete(answer.request)
        if (answer.kind === 'done') return asked?.resolve(answer.slot)
        return asked?.reject(faults.refused(refusals[answer.reason] ?? 'failed'))
      }
      case 'block':
        return collecting.get(answer.slot)?.block(answer.name, answer.block)
      case 'empty':
        return collecting.get(answer.slot)?.empty()
    }
  }

  async function read(): Promise<void> {
    try {
      for await (const answer of readAnswers(stream.bytes)) take(answer)
      end(faults.ended())
    } catch (error) {
      end(faults.ended(messageOf(error)))
    }
  }
  void read()

  async function ask(request: Asked): Promise<number> {
    if (isOver) throw faults.ended()
    const number = (requests = (requests + 1) % 2 ** 32)
    const answered = Promise.withResolvers<number>()
    waiting.set(number, answered)
    answered.promise.catch(() => undefined)
    await stream.write(encodeRequest({ ...request, request: number }), { signal }).catch(end)
    return inTime(answered.promise)
  }

  async function inTime<T>(answer: Promise<T>): Promise<T> {
    const over = new AbortController()
    const late = clock.sleep(limits.answer, over.signal).then(
      () => end(faults.late()),
      () => undefined,
    )
    try {
      return await answer
    } finally {
      over.abort()
      await late
    }
  }

  const nonce = await inTime(hello.promise)
  return {
    closed: closed.promise,
    create(names, seed) {
      const signature = primitives.ed25519.sign(seed, createStatement(nonce, names))
      return ask({ kind: 'create', ...names, signature })
    },
    claim(role, id, seed) {
      const number = role === 'recipient' ? 0 : 1
      return ask({ kind: 'claim', role: number, id, signature: primitives.ed25519.sign(seed, claimStatement(nonce, number, id)) })
    },
    deposit: (slot, block) => ask({ kind: 'deposit', slot, block }).then(() => undefined),
    collect(slot, taker) {
      collecting.set(slot, taker)
      return ask({ kind: 'collect', slot }).then(() => undefined)
    },
    acknowledge: (slot, name) => ask({ kind: 'acknowledge', slot, name }).then(() => undefined),
    remove: (slot) => ask({ kind: 'remove', slot }).then(() => undefined),
    close: () => end(faults.ended()),
  }
}

async function reach({ network, signal }: StreamSources, { peer, addresses }: RelayPlace): Promise<ByteStream> {
  const isLinked = network.links().some((link) => link.peer === peer && link.state === 'up')
  const targets = addresses.map((address) => `${address}/p2p/${peer}`)
  try {
    if (!isLinked) await network.dial(targets, { signal })
    return await network.open(peer, mailboxWire.protocol, { signal })
  } catch (error) {
    // The network knows no name for it but that of its node, which would tell nobody anything.
    throw isPalabreError(error) && error.actor === 'network' ? faults.away(error) : error
  }
}
