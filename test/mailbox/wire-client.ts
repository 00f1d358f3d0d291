import type { ByteStream } from '@palabre/sdk/contract/byte-stream'
import { claimStatement, createStatement } from '@palabre/sdk/contract/mailbox-statement'
import { encodeRequest, readAnswers, refusals, type MailboxAnswer, type MailboxRequest } from '@palabre/sdk/contract/mailbox-wire'
import type { Primitives } from '@palabre/sdk/contract/primitives'

/** A user of a mailbox who speaks its protocol and nothing else, over one stream. */
export interface WireClient {
  /** Resolves with the slot of who collects. */
  create(queue: WireQueue): Promise<number>
  claim(role: 'recipient' | 'sender', queue: WireQueue): Promise<number>
  deposit(slot: number, block: Uint8Array): Promise<void>
  /** From then on, every block that comes. */
  collect(slot: number, take: (name: Uint8Array, block: Uint8Array) => void): Promise<void>
  acknowledge(slot: number, name: Uint8Array): Promise<void>
  /** Resolves when the stream is over, however it ended. */
  readonly ended: Promise<void>
  close(): Promise<void>
}

/** All that both ends of a queue know. */
export interface WireQueue {
  readonly recipient: Uint8Array
  readonly sender: Uint8Array
  readonly mine: { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array }
  readonly theirs: { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array }
}

export function newWireQueue({ randomBytes, ed25519 }: Primitives): WireQueue {
  return { recipient: randomBytes(16), sender: randomBytes(16), mine: ed25519.generate(), theirs: ed25519.generate() }
}

type Asked = MailboxRequest extends infer One ? (One extends MailboxRequest ? Omit<One, 'request'> : never) : never
type Answered = Extract<MailboxAnswer, { kind: 'done' | 'refused' }>
type Take = (name: Uint8Array, block: Uint8Array) => void

/** A stream that ends, and a request that is refused, fail what was asked. */
export async function openWireClient(stream: ByteStream, { ed25519 }: Pick<Primitives, 'ed25519'>): Promise<WireClient> {
  const answers = readAnswers(stream.bytes)
  const first = await answers.next()
  if (first.done === true || first.value.kind !== 'hello') throw new Error('this is no mailbox')
  const { nonce } = first.value
  const waiting = new Map<number, { resolve(slot: number): void; reject(error: Error): void }>()
  const takers = new Map<number, Take>()
  let requests = 0
  let isOver = false

  function settle(answer: Answered): void {
    const asked = waiting.get(answer.request)
    waiting.delete(answer.request)
    if (answer.kind === 'done') asked?.resolve(answer.slot)
    else asked?.reject(new Error(refusals[answer.reason]))
  }

  async function listen(): Promise<void> {
    try {
      for await (const answer of answers) {
        if (answer.kind === 'block') takers.get(answer.slot)?.(answer.name, answer.block)
        else if (answer.kind === 'done' || answer.kind === 'refused') settle(answer)
      }
    } catch {
      // A stream that breaks ends like one that is closed.
    }
    isOver = true
    for (const { reject } of waiting.values()) reject(new Error('the stream is over'))
  }

  function ask(request: Asked): Promise<number> {
    if (isOver) return Promise.reject(new Error('the stream is over'))
    const number = (requests += 1)
    const { promise, resolve, reject } = Promise.withResolvers<number>()
    waiting.set(number, { resolve, reject })
    stream.write(encodeRequest({ ...request, request: number })).catch(reject)
    return promise
  }

  const ended = listen()
  return {
    create({ recipient, sender, mine, theirs }) {
      const names = { recipient, sender, recipientKey: mine.publicKey, senderKey: theirs.publicKey }
      return ask({ kind: 'create', ...names, signature: ed25519.sign(mine.secretKey, createStatement(nonce, names)) })
    },
    claim(role, queue) {
      const [number, id, { secretKey }] =
        role === 'recipient' ? ([0, queue.recipient, queue.mine] as const) : ([1, queue.sender, queue.theirs] as const)
      return ask({ kind: 'claim', role: number, id, signature: ed25519.sign(secretKey, claimStatement(nonce, number, id)) })
    },
    deposit: async (slot, block) => void (await ask({ kind: 'deposit', slot, block })),
    async collect(slot, take) {
      takers.set(slot, take)
      await ask({ kind: 'collect', slot })
    },
    acknowledge: async (slot, name) => void (await ask({ kind: 'acknowledge', slot, name })),
    ended,
    async close() {
      stream.abort()
      await ended
    },
  }
}
