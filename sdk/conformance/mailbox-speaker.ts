import type { ByteStream } from '../contract/byte-stream.ts'
import { claimStatement, createStatement } from '../contract/mailbox-statement.ts'
import {
  encodeRequest,
  readAnswers,
  refusals,
  type MailboxAnswer,
  type MailboxRequest,
  type Refusal,
} from '../contract/mailbox-wire.ts'
import type { Primitives } from '../contract/primitives.ts'
import { streamPair } from '../testkit/stream-pair.ts'

/** Both halves of a queue, as only a test holds them. */
export interface TestQueue {
  readonly recipient: Uint8Array
  readonly sender: Uint8Array
  readonly recipientSeed: Uint8Array
  readonly senderSeed: Uint8Array
}

export const freshQueue = ({ randomBytes }: Pick<Primitives, 'randomBytes'>): TestQueue => ({
  recipient: randomBytes(16),
  sender: randomBytes(16),
  recipientSeed: randomBytes(32),
  senderSeed: randomBytes(32),
})

type Asked = MailboxRequest extends infer One ? (One extends MailboxRequest ? Omit<One, 'request'> : never) : never
type AnswerOf<Kind> = Extract<MailboxAnswer, { kind: Kind }>

/** Somebody who says to a mailbox whatever a test wants said. */
export interface MailboxSpeaker {
  /** Everything the mailbox has said on this stream. */
  readonly said: readonly MailboxAnswer[]
  /** Resolves when the mailbox has done with the stream. */
  readonly served: Promise<void>
  write(bytes: Uint8Array): Promise<void>
  /** The slot; a refusal rejects with its name as message. */
  ask(request: Asked): Promise<number>
  /** The first answer of this kind, of before or of now. */
  hears<Kind extends MailboxAnswer['kind']>(kind: Kind): Promise<AnswerOf<Kind>>
  create(queue: TestQueue): Promise<number>
  claim(role: 0 | 1, queue: TestQueue): Promise<number>
  /** What `create` said last, to be said again elsewhere. */
  lastCreate(): Asked
  end(): void
}

export interface Spoken {
  readonly primitives: Primitives
  serve(stream: ByteStream): Promise<void>
}

export async function speakTo({ primitives, serve }: Spoken, peer: string): Promise<MailboxSpeaker> {
  const [mine, theirs] = streamPair(peer)
  const said: MailboxAnswer[] = []
  const looking = new Set<() => void>()
  const served = serve(theirs)
  void (async () => {
    for await (const answer of readAnswers(mine.bytes)) {
      said.push(answer)
      for (const look of looking) look()
    }
  })().catch(() => undefined)
  const find = <Found extends MailboxAnswer>(fits: (one: MailboxAnswer) => one is Found) =>
    new Promise<Found>((resolve) => {
      const look = () => {
        const found = said.find(fits)
        if (found === undefined) return
        looking.delete(look)
        resolve(found)
      }
      looking.add(look)
      look()
    })
  const { nonce } = await find((one) => one.kind === 'hello')
  let requests = 0
  let last: Asked | undefined
  const ask = async (request: Asked): Promise<number> => {
    const number = (requests += 1)
    await mine.write(encodeRequest({ ...request, request: number }))
    const answer = await find(
      (one): one is AnswerOf<'done' | 'refused'> => (one.kind === 'done' || one.kind === 'refused') && one.request === number,
    )
    if (answer.kind === 'refused') throw new Error(refusals[answer.reason])
    return answer.slot
  }
  return {
    said,
    served,
    ask,
    write: (bytes) => mine.write(bytes),
    hears: (kind) => find((one): one is AnswerOf<typeof kind> => one.kind === kind),
    create({ recipient, sender, recipientSeed, senderSeed }) {
      const keyOf = (seed: Uint8Array) => primitives.ed25519.generate(seed).publicKey
      const names = { recipient, sender, recipientKey: keyOf(recipientSeed), senderKey: keyOf(senderSeed) }
      last = { kind: 'create', ...names, signature: primitives.ed25519.sign(recipientSeed, createStatement(nonce, names)) }
      return ask(last)
    },
    claim(role, queue) {
      const [id, seed] = role === 0 ? [queue.recipient, queue.recipientSeed] : [queue.sender, queue.senderSeed]
      return ask({ kind: 'claim', role, id, signature: primitives.ed25519.sign(seed, claimStatement(nonce, role, id)) })
    },
    lastCreate: () => last!,
    end: () => void mine.closeWrite(),
  }
}

export const refusalOf = (asked: Promise<unknown>): Promise<Refusal | 'done'> =>
  asked.then(
    () => 'done',
    (error: unknown) => (error as Error).message as Refusal,
  )
