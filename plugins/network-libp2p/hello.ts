import { readWhole, writeWhole } from './big-endian.ts'
import { kinds, type FrameFault, type Kind } from './frame.ts'
import { goodbyes, type Goodbye } from './goodbye.ts'
import type { Lane } from './lane.ts'
import { limits } from './limits.ts'

/** The first frame in each direction: which link this stream belongs to, and how far each side has come. */
export interface Hello {
  /** True when the link exists and moves to this stream. */
  readonly resume: boolean
  readonly session: Uint8Array
  /** How many data frames the sender of this hello has received in all. */
  readonly received: number
}

/** The other end answered with a goodbye, or with nothing one can use. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly goodbye: number | undefined
  readonly fault: FrameFault | 'order' | 'late' | undefined

  constructor(why: { goodbye?: number; fault?: FrameFault | 'order' | 'late' | undefined }) {
    super(`the other end refused the stream (${why.goodbye ?? why.fault ?? 'it ended'})`)
    this.goodbye = why.goodbye
    this.fault = why.fault
  }
}

const sessionLength = 16

export function freshSession(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(sessionLength))
}

export function encodeHello({ resume, session, received }: Hello): Uint8Array {
  const bytes = new Uint8Array(1 + sessionLength + 8)
  bytes[0] = resume ? 1 : 0
  bytes.set(session, 1)
  writeWhole(bytes, 1 + sessionLength, 8, received)
  return bytes
}

/** `undefined` for what is no hello. Longer ones are of tomorrow and still say this much. */
function decodeHello(bytes: Uint8Array): Hello | undefined {
  if (bytes.length < 1 + sessionLength + 8 || bytes[0]! > 1) return undefined
  return {
    resume: bytes[0] === 1,
    session: bytes.slice(1, 1 + sessionLength),
    received: decodeCount(bytes.subarray(1 + sessionLength)),
  }
}

export function encodeCount(count: number): Uint8Array {
  const bytes = new Uint8Array(8)
  writeWhole(bytes, 0, 8, count)
  return bytes
}

/** Infinity for what is too short, which no count reaches. */
export function decodeCount(bytes: Uint8Array): number {
  if (bytes.length < 8) return Infinity
  return readWhole(bytes, 0, 8)
}

export function encodeGoodbye(code: Goodbye, received: number): Uint8Array {
  return Uint8Array.of(code, ...encodeCount(received))
}

export function decodeGoodbye(bytes: Uint8Array): { code: number; received: number } {
  return { code: bytes[0] ?? goodbyes.misbehaved, received: decodeCount(bytes.subarray(1)) }
}

export function isSameSession(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}

/** Waits for the hello of the other end. Whatever else comes is refused on the spot, with the reason. */
export function hear(lane: Lane, signal: AbortSignal): Promise<Hello> {
  const late = AbortSignal.timeout(limits.handshake)
  return new Promise((resolve, reject) => {
    const settle = (outcome: () => void) => {
      signal.removeEventListener('abort', onAbort)
      late.removeEventListener('abort', onLate)
      lane.rest()
      outcome()
    }
    const refuse = (fault: FrameFault | 'order' | 'late', goodbye: Goodbye) =>
      settle(() => {
        void lane.finish(kinds.goodbye, encodeGoodbye(goodbye, 0))
        reject(new Refused({ fault }))
      })
    const leave = (goodbye: number) =>
      settle(() => {
        void lane.finish()
        reject(new Refused({ goodbye }))
      })
    const onLate = () => refuse('late', goodbyes.late)
    const onAbort = () =>
      settle(() => {
        lane.abort()
        reject(signal.reason)
      })
    const frame = (kind: Kind, payload: Uint8Array) => {
      if (kind === kinds.goodbye) return leave(decodeGoodbye(payload).code)
      const hello = kind === kinds.hello ? decodeHello(payload) : undefined
      if (hello === undefined) refuse('order', goodbyes.misbehaved)
      else settle(() => resolve(hello))
    }
    const end = (fault?: FrameFault) => {
      if (fault === undefined) settle(() => reject(new Refused({})))
      else refuse(fault, goodbyeOf(fault))
    }

    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    late.addEventListener('abort', onLate, { once: true })
    lane.run({ next: () => undefined, frame, end })
  })
}

function goodbyeOf(fault: FrameFault): Goodbye {
  if (fault === 'too-large') return goodbyes.tooLarge
  return fault === 'unknown-version' ? goodbyes.unknownVersion : goodbyes.misbehaved
}
