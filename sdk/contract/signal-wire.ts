/**
 * What is said in a WebSocket to a server with rooms. Every message is as long as its kind says, in both directions:
 *
 *     word 48:   kind 1 | room 32 | number 6 | zeros 9
 *     cell 1024: kind 1 | room 32 | sealed 991
 *
 * A room is a name that only two can know, used once; in it are two at the most, one who waited and one who came.
 */
export const signalWire = {
  /** Told as the subprotocol of the WebSocket; another version is another name. */
  protocol: 'palabre-signal.1',
  word: 48,
  cell: 1_024,
  room: 32,
  sealed: 1_024 - 33,
  /** A room is over so many milliseconds after somebody entered it. */
  life: 60_000,
  /** Cells in each direction of one room. */
  cells: 64,
} as const

const kinds = {
  /** To the server: I wait here, I come to who waits here, I leave. */
  wait: 1,
  visit: 2,
  leave: 3,
  /** From the server: its time in milliseconds, with which both find the same room whatever their own clocks say. */
  hello: 64,
  waiting: 65,
  met: 66,
  refused: 67,
  /** The other one has left, or the time is over. */
  over: 68,
  /** In both directions. */
  cell: 128,
} as const

export type SignalKind = keyof typeof kinds

/** Why somebody may not enter: `nobody` waits there; it was `used`; it is `full` here; they come `too-often`. */
export const signalRefusals = ['nobody', 'used', 'full', 'too-often'] as const
export type SignalRefusal = (typeof signalRefusals)[number]

export type SignalMessage =
  | { readonly kind: Exclude<SignalKind, 'cell'>; readonly room: Uint8Array; readonly number: number }
  | { readonly kind: 'cell'; readonly room: Uint8Array; readonly sealed: Uint8Array }

const nameOf = new Map(Object.entries(kinds).map(([name, code]) => [code as number, name as SignalKind]))
const noRoom = new Uint8Array(signalWire.room)
const numberAt = 1 + signalWire.room

export function encodeWord(kind: Exclude<SignalKind, 'cell'>, room: Uint8Array = noRoom, number = 0): Uint8Array {
  const bytes = new Uint8Array(signalWire.word)
  bytes[0] = kinds[kind]
  bytes.set(room, 1)
  const view = new DataView(bytes.buffer)
  view.setUint16(numberAt, Math.floor(number / 2 ** 32))
  view.setUint32(numberAt + 2, number % 2 ** 32)
  return bytes
}

export function encodeCell(room: Uint8Array, sealed: Uint8Array): Uint8Array {
  if (sealed.length !== signalWire.sealed) throw new RangeError(`a cell of ${sealed.length} bytes`)
  const bytes = new Uint8Array(signalWire.cell)
  bytes[0] = kinds.cell
  bytes.set(room, 1)
  bytes.set(sealed, numberAt)
  return bytes
}

/** Undefined for what is no message. The parts lie in the bytes given. */
export function decodeSignal(bytes: Uint8Array): SignalMessage | undefined {
  const kind = nameOf.get(bytes[0] ?? 0)
  if (kind === undefined || bytes.length !== (kind === 'cell' ? signalWire.cell : signalWire.word)) return undefined
  const room = bytes.subarray(1, numberAt)
  if (kind === 'cell') return { kind, room, sealed: bytes.subarray(numberAt) }
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return { kind, room, number: view.getUint16(numberAt) * 2 ** 32 + view.getUint32(numberAt + 2) }
}
