import { toHex } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Names } from '@palabre/sdk/contract/resolver'
import {
  decodeSignal,
  encodeCell,
  encodeWord,
  signalRefusals,
  signalWire,
  type SignalRefusal,
} from '@palabre/sdk/contract/signal-wire'
import { faults } from './faults.ts'
import { limits } from './limits.ts'

export type OpenSocket = (url: string, protocol: string, names: Names) => WebSocket

/** A socket to a server, and what is heard of each room through it. */
export interface Line {
  /** What time the server believes it is. */
  now(): number
  /** `ear` hears of this room until it is over. */
  enter(kind: 'wait' | 'visit', room: Uint8Array, ear: Ear): void
  pass(room: Uint8Array, sealed: Uint8Array): void
  leave(room: Uint8Array): void
  close(): void
  /** Settles when the socket has closed, never rejects. */
  readonly closed: Promise<void>
}

type Ear = (news: RoomNews) => void
export type RoomNews =
  | { readonly kind: 'waiting' | 'met' | 'over' }
  | { readonly kind: 'refused'; readonly reason: SignalRefusal }
  | { readonly kind: 'cell'; readonly sealed: Uint8Array }

export interface LineSources {
  readonly url: string
  readonly openSocket: OpenSocket
  readonly names: Names
  readonly clock: Clock
  /** Ends the opening. */
  readonly signal: AbortSignal
  /** Ends everything. */
  readonly stopped: AbortSignal
}

/** Resolves when the server has said what time it is. Fails with `unreachable`, `timed-out`, `peer-misbehaved`, `cancelled`. */
export async function openLine({ url, openSocket, names, clock, signal, stopped }: LineSources): Promise<Line> {
  if (signal.aborted || stopped.aborted) throw faults.cancelled(signal.reason)
  const socket = openSocket(url, signalWire.protocol, names)
  socket.binaryType = 'arraybuffer'
  const ears = new Map<string, Ear>()
  const closed = Promise.withResolvers<void>()
  const hello = Promise.withResolvers<number>()
  hello.promise.catch(() => undefined)
  let reason: unknown

  const hear = (bytes: Uint8Array) => {
    const message = decodeSignal(bytes)
    if (message === undefined) return misbehaves()
    if (message.kind === 'hello') return hello.resolve(message.number)
    const key = toHex(message.room)
    const ear = ears.get(key)
    switch (message.kind) {
      case 'cell':
        return ear?.({ kind: 'cell', sealed: message.sealed })
      case 'waiting':
      case 'met':
        return ear?.({ kind: message.kind })
      case 'refused':
        ears.delete(key)
        return ear?.({ kind: 'refused', reason: signalRefusals[message.number] ?? 'full' })
      case 'over':
        ears.delete(key)
        return ear?.({ kind: 'over' })
      case 'wait':
      case 'visit':
      case 'leave':
      default:
        return misbehaves()
    }
  }
  const misbehaves = () => {
    hello.reject(faults.noRooms(url))
    socket.close()
  }

  socket.addEventListener('message', ({ data }) => (data instanceof ArrayBuffer ? hear(new Uint8Array(data)) : misbehaves()))
  socket.addEventListener('error', (event) => (reason = (event as { error?: unknown }).error))
  socket.addEventListener('close', () => {
    hello.reject(faults.unreachable(url, reason))
    closed.resolve()
    for (const ear of ears.values()) ear({ kind: 'over' })
    ears.clear()
  })
  const say = (message: Uint8Array) => {
    if (socket.readyState === socket.OPEN) socket.send(message as Uint8Array<ArrayBuffer>)
  }

  const quit = () => socket.close()
  stopped.addEventListener('abort', quit, { once: true })
  void closed.promise.then(() => stopped.removeEventListener('abort', quit))
  const ahead = await firstWord().catch((error: unknown) => {
    socket.close()
    throw error
  })
  return {
    now: () => clock.monotonic() + ahead,
    enter(kind, room, ear) {
      ears.set(toHex(room), ear)
      say(encodeWord(kind, room))
      if (socket.readyState !== socket.OPEN) queueMicrotask(() => ears.delete(toHex(room)) && ear({ kind: 'over' }))
    },
    pass: (room, sealed) => say(encodeCell(room, sealed)),
    leave(room) {
      if (ears.delete(toHex(room))) say(encodeWord('leave', room))
    },
    close: () => socket.close(),
    closed: closed.promise,
  }

  /** How far the server's clock is ahead of our monotonic one. */
  async function firstWord(): Promise<number> {
    const over = new AbortController()
    const late = clock.sleep(limits.opening, AbortSignal.any([signal, stopped, over.signal])).then(
      () => Promise.reject(faults.timedOut(url)),
      () => Promise.reject(faults.cancelled(signal.reason)),
    )
    late.catch(() => undefined)
    const now = await Promise.race([hello.promise, late]).finally(() => over.abort())
    if (Math.abs(now - clock.now()) > limits.skew) throw faults.otherTime(url)
    return now - clock.monotonic()
  }
}
