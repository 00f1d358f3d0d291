import { toHex } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import { encodeCell, encodeWord, signalWire, type SignalRefusal } from '@palabre/sdk/contract/signal-wire'
import { limits } from './limits.ts'

/** One end: where what is said to it goes. */
export interface Seat {
  say(message: Uint8Array): void
}

/** Who is in which room. It knows names of rooms and ends of sockets, for as long as somebody is there, and nothing before or after. */
export interface Rooms {
  /** Undefined when they are in. */
  wait(room: Uint8Array, seat: Seat): SignalRefusal | undefined
  visit(room: Uint8Array, seat: Seat): SignalRefusal | undefined
  /** False when this end is in no such room with somebody else, or has said too much: it breaks the agreement. */
  pass(room: Uint8Array, seat: Seat, sealed: Uint8Array): boolean
  leave(room: Uint8Array, seat: Seat): void
  /** Ends what has lasted its time. */
  sweep(): void
  readonly size: number
}

interface Room {
  readonly name: Uint8Array
  readonly until: number
  readonly waiter: Seat
  visitor?: Seat
  readonly said: Map<Seat, number>
}

export function createRooms(clock: Pick<Clock, 'monotonic'>): Rooms {
  const rooms = new Map<string, Room>()
  /** Until when; the oldest first. */
  const used = new Map<string, number>()

  const end = (key: string, room: Room, left?: Seat) => {
    rooms.delete(key)
    for (const seat of [room.waiter, room.visitor]) if (seat !== left) seat?.say(encodeWord('over', room.name))
  }

  return {
    wait(name, seat) {
      const key = toHex(name)
      if (used.has(key)) return 'used'
      if (rooms.size >= limits.rooms || used.size >= limits.usedNames) return 'full'
      const now = clock.monotonic()
      used.set(key, now + limits.used)
      rooms.set(key, { name: Uint8Array.from(name), until: now + signalWire.life, waiter: seat, said: new Map() })
      seat.say(encodeWord('waiting', name))
      return undefined
    },
    visit(name, seat) {
      const key = toHex(name)
      const room = rooms.get(key)
      if (room === undefined) return used.has(key) ? 'used' : 'nobody'
      if (room.visitor !== undefined || room.waiter === seat) return 'used'
      room.visitor = seat
      for (const one of [room.waiter, seat]) one.say(encodeWord('met', name))
      return undefined
    },
    pass(name, seat, sealed) {
      const room = rooms.get(toHex(name))
      // It ended while this was on its way.
      if (room === undefined) return used.has(toHex(name))
      const { waiter, visitor, said } = room
      const other = seat === waiter ? visitor : seat === visitor ? waiter : undefined
      const count = (said.get(seat) ?? 0) + 1
      if (other === undefined || count > signalWire.cells) return false
      said.set(seat, count)
      other.say(encodeCell(name, sealed))
      return true
    },
    leave(name, seat) {
      const key = toHex(name)
      const room = rooms.get(key)
      if (room === undefined || (room.waiter !== seat && room.visitor !== seat)) return
      // Nobody came: who waited may come back to it.
      if (room.visitor === undefined) used.delete(key)
      end(key, room, seat)
    },
    sweep() {
      const now = clock.monotonic()
      for (const [key, room] of rooms) if (room.until <= now) end(key, room)
      for (const [key, until] of used) {
        if (until > now) break
        used.delete(key)
      }
    },
    get size() {
      return rooms.size
    },
  }
}
