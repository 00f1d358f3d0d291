import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { seededRandom, type SeededRandom } from '@palabre/sdk/testkit'
import { createDarkness, sleepUntil, type Delay } from './waiting.ts'

/** What goes wrong with datagrams, each with a chance from 0 to 1. */
interface DatagramFaults {
  readonly lose?: number
  readonly duplicate?: number
  /** One bit is flipped. */
  readonly corrupt?: number
  /** Held back until the next one in the same direction has passed. */
  readonly reorder?: number
}

export interface UdpFaultsOptions {
  readonly to: { readonly host?: string; readonly port: number }
  /** Where it listens; 127.0.0.1 without it. */
  readonly host?: string
  readonly seed: number
  readonly faults?: DatagramFaults
  /** Each datagram takes so long on its own, so that they may overtake each other. */
  readonly delay?: Delay
}

/** A road to a UDP server with something wrong on it. */
export interface UdpFaultProxy extends AsyncDisposable {
  readonly port: number
  /** `dark`: lost in a blackout. */
  readonly struck: Readonly<Record<keyof DatagramFaults | 'dark', number>>
  /** Everything sent meanwhile is lost, until disposed. */
  blackout(): Disposable
  /** From now on the server sees everybody at a new port, as after the restart of a NAT. */
  rebind(): Promise<void>
}

export async function openUdpFaults(options: UdpFaultsOptions): Promise<UdpFaultProxy> {
  const { to, host = '127.0.0.1', seed, faults = {}, delay = [0, 0] } = options
  const struck = { lose: 0, duplicate: 0, corrupt: 0, reorder: 0, dark: 0 }
  const darkness = createDarkness()
  const guests = new Map<string, Guest>()
  const near = createSocket('udp4')
  let over = false

  interface Guest {
    far: Socket
    in(bytes: Buffer): void
    readonly out: (bytes: Buffer) => void
  }

  const welcome = (port: number, address: string): Guest => {
    const number = guests.size
    const way = (direction: number, send: (bytes: Buffer) => void) => oneWay(seededRandom(seed + 2 * number + direction), send)
    const guest: Guest = {
      far: openFar(() => guest),
      in: way(0, (bytes) => guest.far.send(bytes, to.port, to.host ?? '127.0.0.1')),
      out: way(1, (bytes) => near.send(bytes, port, address)),
    }
    guests.set(`${address} ${port}`, guest)
    return guest
  }

  const openFar = (guest: () => Guest): Socket =>
    createSocket('udp4')
      .on('message', (bytes) => guest().out(bytes))
      .on('error', () => undefined)

  /** Draws the same numbers for each datagram whatever befalls it, so that one seed means one run. */
  function oneWay(random: SeededRandom, send: (bytes: Buffer) => void): (bytes: Buffer) => void {
    let held: Buffer | undefined
    const sends = async (bytes: Buffer, ms: number) => {
      await sleepUntil(performance.now() + ms)
      if (!over) send(bytes)
    }
    return (original) => {
      const drawn = { lose: random.next(), duplicate: random.next(), corrupt: random.next(), reorder: random.next() }
      const [late, bit] = [random.next(), random.below(8 * original.length)]
      if (darkness.isDark) return void struck.dark++
      const strikes = (kind: keyof DatagramFaults) => {
        const hit = drawn[kind] < (faults[kind] ?? 0)
        if (hit) struck[kind]++
        return hit
      }
      if (strikes('lose')) return
      const bytes = Buffer.from(original)
      if (strikes('corrupt')) bytes[bit >> 3]! ^= 1 << (bit & 7)
      const before = held
      held = undefined
      const ms = delay[0] + late * (delay[1] - delay[0])
      if (strikes('reorder')) held = bytes
      else void sends(bytes, ms)
      if (held === undefined && strikes('duplicate')) void sends(bytes, ms)
      if (before !== undefined) void sends(before, ms)
    }
  }

  near.on('message', (bytes, { port, address }) => (guests.get(`${address} ${port}`) ?? welcome(port, address)).in(bytes))
  near.on('error', () => undefined)
  near.bind(0, host)
  await once(near, 'listening')
  return {
    port: near.address().port,
    struck,
    blackout: darkness.fall,
    async rebind() {
      for (const guest of guests.values()) {
        const old = guest.far
        guest.far = openFar(() => guest)
        await closed(old)
      }
    },
    async [Symbol.asyncDispose]() {
      over = true
      await Promise.all([near, ...[...guests.values()].map(({ far }) => far)].map(closed))
    },
  }
}

const closed = (socket: Socket): Promise<void> => new Promise((resolve) => void socket.close(() => resolve()))
