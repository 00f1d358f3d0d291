import { limits } from './limits.ts'

/**
 * The wire of a link: `u32 big-endian length | u8 kind | u8 version | payload`; the length counts what follows it. There is no
 * checksum, because the channel authenticates.
 */
export const frameVersion = 1

export const kinds = { hello: 1, data: 2, taken: 3, ping: 4, pong: 5, goodbye: 6, end: 7 } as const
export type Kind = (typeof kinds)[keyof typeof kinds]

const head = 6
const known: ReadonlySet<number> = new Set(Object.values(kinds))

export function encodeFrame(kind: Kind, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(head + payload.length)
  const view = new DataView(bytes.buffer)
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
  /** Hands each whole frame on, with a payload of its own. Throws `BrokenFrame` for good; frames before the broken one were handed on. */
  push(bytes: Uint8Array): void
  /** Payloads up to this long from now on. */
  allow(limit: number): void
  readonly skipped: number
}

/** Judges a frame by its head, before anything is kept of it: what is held back is never more than one allowed frame. */
export function createFrameReader(onFrame: (kind: Kind, payload: Uint8Array) => void): FrameReader {
  const header = new Uint8Array(head)
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

  const readHead = () => {
    const view = new DataView(header.buffer)
    const length = view.getUint32(0) - 2
    if (length < 0) fail('malformed')
    if (length > limit) fail('too-large')
    if (view.getUint8(5) !== frameVersion) fail('unknown-version')
    if (known.has(view.getUint8(4))) payload = new Uint8Array(length)
    else skip(length)
    written = 0
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
          if (filled === head) readHead()
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
