import { limits } from './limits.ts'
import { createPayloadRoom } from './payload-room.ts'

/**
 * The wire of a link: `u32 big-endian length | u8 kind | u8 version | payload`; the length counts what follows it. There is no
 * checksum, because the channel authenticates.
 */
export const frameVersion = 1

export const kinds = { hello: 1, data: 2, taken: 3, ping: 4, pong: 5, goodbye: 6, end: 7 } as const
export type Kind = (typeof kinds)[keyof typeof kinds]

export const head = 6
/** Smaller ones are cheap to copy. */
const large = 4 * 1024
const known: ReadonlySet<number> = new Set(Object.values(kinds))

/** Into `bytes` if given, which have room for the head and the payload. */
export function encodeFrame(
  kind: Kind,
  payload: Uint8Array,
  bytes: Uint8Array = new Uint8Array(head + payload.length),
): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  view.setUint32(0, payload.length + 2)
  view.setUint8(4, kind)
  view.setUint8(5, frameVersion)
  bytes.set(payload, head)
  return bytes
}

export type FrameFault = 'too-large' | 'malformed' | 'unknown-version' | 'nonsense'

/** What the other end sent cannot be read on; the stream is lost. */
export class BrokenFrame extends Error {
  override readonly name = 'BrokenFrame'
  readonly fault: FrameFault

  constructor(fault: FrameFault) {
    super(`the other end sent a frame that is ${fault}`)
    this.fault = fault
  }
}

export interface FrameReader {
  /** Hands each whole frame on; a large payload may lie in `bytes`, which nobody may write to again. Throws `BrokenFrame` for good; frames before the broken one were handed on. */
  push(bytes: Uint8Array): void
  /** Payloads up to this long from now on. */
  allow(limit: number): void
  readonly skipped: number
}

/** Judges a frame by its head, before anything is kept of it: what is held back is never more than one allowed frame. */
export function createFrameReader(onFrame: (kind: Kind, payload: Uint8Array) => void): FrameReader {
  const header = new Uint8Array(head)
  const room = createPayloadRoom()
  let limit: number = limits.frameBeforeHello
  let filled = 0
  let payload: Uint8Array | undefined
  let written = 0
  let toSkip = 0
  let skipped = 0
  let skippedBytes = 0
  let broken: BrokenFrame | undefined

  const fail = (fault: FrameFault): never => {
    broken = new BrokenFrame(fault)
    payload = undefined
    throw broken
  }

  /** How long the payload is; `undefined` when it is skipped. */
  const readHead = (): number | undefined => {
    const view = new DataView(header.buffer)
    const length = view.getUint32(0) - 2
    if (length < 0) fail('malformed')
    if (length > limit) fail('too-large')
    if (view.getUint8(5) !== frameVersion) fail('unknown-version')
    if (known.has(view.getUint8(4))) return length
    skip(length)
    return undefined
  }

  /**
   * A large payload that came in one go is handed on where it lies: nobody writes there again, and it is most of what it keeps alive.
   * Others share room, if they are data: of that no more than a window waits, so that no junk between them is kept alive for long.
   */
  const begin = (length: number, rest: Uint8Array): number => {
    const isLarge = length >= large
    const isWhole = isLarge && length <= rest.length && length * 2 >= rest.length
    const sharesRoom = isLarge && header[4] === kinds.data
    payload = isWhole ? rest.subarray(0, length) : sharesRoom ? room(length) : new Uint8Array(length)
    written = isWhole ? length : 0
    return written
  }

  const skip = (length: number) => {
    skipped++
    skippedBytes += length
    if (skipped > limits.unknownFrames || skippedBytes > limits.unknownBytes) fail('nonsense')
    toSkip = length
    filled = 0
  }

  const finish = () => {
    const whole = payload!
    payload = undefined
    filled = 0
    onFrame(header[4] as Kind, whole)
  }

  return {
    push(bytes) {
      if (broken !== undefined) throw broken
      for (let at = 0; at < bytes.length;) {
        if (toSkip > 0) {
          const step = Math.min(toSkip, bytes.length - at)
          toSkip -= step
          at += step
        } else if (payload === undefined) {
          const step = Math.min(head - filled, bytes.length - at)
          header.set(bytes.subarray(at, at + step), filled)
          filled += step
          at += step
          const length = filled === head ? readHead() : undefined
          if (length !== undefined) at += begin(length, bytes.subarray(at))
        } else {
          const step = Math.min(payload.length - written, bytes.length - at)
          payload.set(bytes.subarray(at, at + step), written)
          written += step
          at += step
        }
        if (payload !== undefined && written === payload.length) finish()
      }
    },
    allow(more) {
      limit = more
    },
    get skipped() {
      return skipped
    },
  }
}
