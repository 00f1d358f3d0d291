import { readWhole, writeWhole } from './big-endian.ts'
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
  writeWhole(bytes, 0, 4, payload.length + 2)
  bytes[4] = kind
  bytes[5] = frameVersion
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
  /** Whether payloads may be handed on where they lie in what is pushed now; not known before the first that could be. */
  let lends: boolean | undefined

  const fail = (fault: FrameFault): never => {
    broken = new BrokenFrame(fault)
    payload = undefined
    throw broken
  }

  /** How long the payload is; `undefined` when it is skipped. */
  const readHead = (): number | undefined => {
    const length = readWhole(header, 0, 4) - 2
    if (length < 0) fail('malformed')
    if (length > limit) fail('too-large')
    if (header[5] !== frameVersion) fail('unknown-version')
    if (known.has(header[4]!)) return length
    skip(length)
    return undefined
  }

  /**
   * Large data that came in one go is handed on where it lies, if such data is most of what it keeps alive there: nobody writes there
   * again. Other large data shares room: of that no more than a window waits, so that no junk between is kept alive for long.
   */
  const begin = (length: number, bytes: Uint8Array, at: number): number => {
    const isLargeData = length >= large && header[4] === kinds.data
    const isWhole = isLargeData && at + length <= bytes.length && (lends ??= isMostlyLargeData(bytes, at, length))
    payload = isWhole ? bytes.subarray(at, at + length) : isLargeData ? room(length) : new Uint8Array(length)
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
      lends = undefined
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
          if (length !== undefined) at += begin(length, bytes, at)
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

/** Whether whole large frames of data are at least half of these bytes, by their heads, from the payload at `at` on. */
function isMostlyLargeData(bytes: Uint8Array, at: number, length: number): boolean {
  let sum = length
  for (let next = at + length; next + head < bytes.length;) {
    const size = readWhole(bytes, next, 4) - 2
    if (size < 0) break
    const end = next + head + size
    if (size >= large && end <= bytes.length && bytes[next + 4] === kinds.data) sum += size
    next = end
  }
  return 2 * sum >= bytes.length
}
