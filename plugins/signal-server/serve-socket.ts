import { toHex } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import { decodeSignal, encodeWord, signalRefusals, type SignalMessage, type SignalRefusal } from '@palabre/sdk/contract/signal-wire'
import { limits } from './limits.ts'
import type { Rooms, Seat } from './rooms.ts'

/** As much of a WebSocket as a seat in a room needs. */
export interface Socket {
  readonly bufferedAmount: number
  send(bytes: Uint8Array): void
  terminate(): void
}

export interface Serving {
  readonly rooms: Rooms
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  mayEnter(): boolean
}

/** One socket: what it says, and when it has said nothing for too long. */
export interface Served {
  heard(bytes: Uint8Array): void
  /** Ends it when nobody has been in a room through it for a while. */
  sweep(): void
  closed(): void
}

export function serveSocket(socket: Socket, { rooms, clock, mayEnter }: Serving): Served {
  /** Rooms that this end has entered and not left, as far as it has told. */
  const entered = new Map<string, Uint8Array>()
  let idleSince = clock.monotonic()
  let refused = 0
  const seat: Seat = {
    say(message) {
      const said = decodeSignal(message)
      if (said?.kind === 'over') forget(said.room)
      socket.send(message)
      if (socket.bufferedAmount > limits.unread) socket.terminate()
    },
  }
  seat.say(encodeWord('hello', undefined, clock.now()))

  const forget = (room: Uint8Array) => {
    entered.delete(toHex(room))
    idleSince = clock.monotonic()
  }

  function enter(kind: 'wait' | 'visit', room: Uint8Array): void {
    const refusal = tryToEnter(kind, room)
    if (refusal === undefined) return void entered.set(toHex(room), Uint8Array.from(room))
    if (++refused > limits.refusalsOfSocket) socket.terminate()
    else seat.say(encodeWord('refused', room, signalRefusals.indexOf(refusal)))
  }

  function tryToEnter(kind: 'wait' | 'visit', room: Uint8Array): SignalRefusal | undefined {
    if (entered.size >= limits.roomsOfSocket || !mayEnter()) return 'too-often'
    return rooms[kind](room, seat)
  }

  function answer(message: SignalMessage | undefined): boolean {
    if (message === undefined) return false
    switch (message.kind) {
      case 'wait':
      case 'visit':
        enter(message.kind, message.room)
        return true
      case 'leave':
        rooms.leave(message.room, seat)
        forget(message.room)
        return true
      case 'cell':
        return rooms.pass(message.room, seat, message.sealed)
      case 'hello':
      case 'waiting':
      case 'met':
      case 'refused':
      case 'over':
      default:
        return false
    }
  }

  return {
    heard(bytes) {
      if (!answer(decodeSignal(bytes))) socket.terminate()
    },
    sweep() {
      if (entered.size === 0 && clock.monotonic() - idleSince >= limits.idle) socket.terminate()
    },
    closed() {
      for (const room of entered.values()) rooms.leave(room, seat)
    },
  }
}
