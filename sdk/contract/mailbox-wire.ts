import { PalabreError } from '../error.ts'
import { text } from '../text.ts'

/**
 * What a mailbox and its users say to each other on one stream. Every message has a length that follows from its first byte alone, so
 * that sizes tell nothing and nothing is allocated on anybody's word; a byte that stands for none ends the stream.
 *
 * A queue has an id and a key for the one who collects and others for those who deposit; who sees one pair learns nothing of the
 * other. The mailbox opens with `hello`. `create` and `claim` are signed over its nonce and answered with a slot: a small number that
 * stands for the queue, and for the right that was proved, on this stream. Each request is answered once, in any order; blocks come
 * by themselves after `collect`, those that were not acknowledged before first.
 */
export const mailboxWire = {
  protocol: '/palabre/mailbox/1',
  /** Bytes of what is deposited, always. */
  block: 16_384,
  /** Requests of one stream that wait for an answer; more ends it. */
  underWay: 256,
} as const

type Field = 'u8' | 'u16' | 'u32' | number
type Layout = Readonly<Record<string, Field>>
type ValuesOf<L extends Layout> = { readonly [Name in keyof L]: L[Name] extends number ? Uint8Array : number }
type MessageOf<T extends Table> = { [Kind in keyof T]: { readonly kind: Kind } & ValuesOf<T[Kind]['fields']> }[keyof T]
type Table = Readonly<Record<string, { readonly code: number; readonly fields: Layout }>>

const requests = {
  /** Role 0 collects, role 1 deposits. Signed with that role's key: `claimStatement`. */
  claim: { code: 1, fields: { request: 'u32', role: 'u8', id: 16, signature: 64 } },
  /** Chosen by who makes the queue, at random; making the same one again changes nothing. Signed with the collecting key. */
  create: {
    code: 2,
    fields: { request: 'u32', recipient: 16, sender: 16, recipientKey: 32, senderKey: 32, signature: 64 },
  },
  deposit: { code: 3, fields: { request: 'u32', slot: 'u16', block: mailboxWire.block } },
  collect: { code: 4, fields: { request: 'u32', slot: 'u16' } },
  /** The block is forgotten. One that is not there is as good as forgotten. */
  acknowledge: { code: 5, fields: { request: 'u32', slot: 'u16', name: 16 } },
  /** The queue and all that is in it. */
  remove: { code: 6, fields: { request: 'u32', slot: 'u16' } },
} as const satisfies Table

const answers = {
  hello: { code: 64, fields: { nonce: 32 } },
  /** Slot zero where the request asked for none. */
  done: { code: 65, fields: { request: 'u32', slot: 'u16' } },
  refused: { code: 66, fields: { request: 'u32', reason: 'u8' } },
  /** `name` stands for the block at this mailbox, and is no part of it. */
  block: { code: 67, fields: { slot: 'u16', name: 16, block: mailboxWire.block } },
  /** Everything there was at that moment has been sent. */
  empty: { code: 68, fields: { slot: 'u16' } },
} as const satisfies Table

export type MailboxRequest = MessageOf<typeof requests>
export type MailboxAnswer = MessageOf<typeof answers>

/**
 * Why a request is refused. `unknown` also when a signature does not hold: nobody learns which queues there are. `denied`: queues are
 * kept for some only.
 */
export const refusals = ['unknown', 'full', 'too-many', 'failed', 'denied'] as const
export type Refusal = (typeof refusals)[number]

export const encodeRequest = (message: MailboxRequest): Uint8Array => encode(requests, message)
export const encodeAnswer = (message: MailboxAnswer): Uint8Array => encode(answers, message)
export const readRequests = (bytes: AsyncIterable<Uint8Array>) => read<MailboxRequest>(requests, bytes)
export const readAnswers = (bytes: AsyncIterable<Uint8Array>) => read<MailboxAnswer>(answers, bytes)

const sizes = { u8: 1, u16: 2, u32: 4 } as const
const sizeOf = (field: Field) => (typeof field === 'number' ? field : sizes[field])
const lengthOf = (fields: Layout) => Object.values(fields).reduce((sum: number, field) => sum + sizeOf(field), 0)

function encode(table: Table, message: { readonly kind: string }): Uint8Array {
  const { code, fields } = table[message.kind]!
  const bytes = new Uint8Array(1 + lengthOf(fields))
  const view = new DataView(bytes.buffer)
  const values = message as unknown as Readonly<Record<string, number | Uint8Array>>
  bytes[0] = code
  let at = 1
  for (const [name, field] of Object.entries(fields)) {
    const value = values[name]!
    if (typeof value !== 'number') {
      if (value.length !== field) throw new RangeError(`${name}: ${value.length} bytes`)
      bytes.set(value, at)
    } else if (field === 'u32') view.setUint32(at, value)
    else if (field === 'u16') view.setUint16(at, value)
    else bytes[at] = value
    at += sizeOf(field)
  }
  return bytes
}

function decode(kind: string, fields: Layout, bytes: Uint8Array): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const message: Record<string, unknown> = { kind }
  let at = 1
  for (const [name, field] of Object.entries(fields)) {
    if (typeof field === 'number') message[name] = bytes.subarray(at, at + field)
    else if (field === 'u32') message[name] = view.getUint32(at)
    else message[name] = field === 'u16' ? view.getUint16(at) : bytes[at]
    at += sizeOf(field)
  }
  return message
}

/** Messages as they become whole. Throws `peer-misbehaved` at a byte that begins none, and `closed` when the stream ends inside one. */
async function* read<Message>(table: Table, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Message> {
  const byCode = new Map(
    Object.entries(table).map(([kind, { code, fields }]) => [code, { kind, fields, length: 1 + lengthOf(fields) }]),
  )
  let waiting: Uint8Array[] = []
  let size = 0
  const first = () => waiting[0]![0]!
  for await (const piece of pieces) {
    if (piece.length === 0) continue
    waiting.push(piece)
    size += piece.length
    while (size > 0) {
      const expected = byCode.get(first())
      if (expected === undefined) throw nonsense()
      if (size < expected.length) break
      const bytes = joined(waiting, size)
      yield decode(expected.kind, expected.fields, bytes.slice(0, expected.length)) as Message
      size -= expected.length
      waiting = size === 0 ? [] : [bytes.subarray(expected.length)]
    }
  }
  if (size > 0) throw new PalabreError('closed', text('it ended in the middle of a message', 'fini au milieu d’un message'))
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  if (pieces.length === 1) return pieces[0]!
  const all = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}

const nonsense = () =>
  new PalabreError('peer-misbehaved', text('that is no message of a mailbox', 'ce n’est pas un message de boîte aux lettres'))
