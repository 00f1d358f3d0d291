import type { Clock } from '@palabre/sdk/contract/clock'
import { limits } from './limits.ts'

/** How much is done from one address at once. An address is forgotten when its last socket has closed and its pause is over. */
export interface Callers {
  /** False when there are too many from there already. */
  came(address: string): boolean
  left(address: string): void
  mayEnter(address: string): boolean
  sweep(): void
}

interface Caller {
  sockets: number
  /** When all its entries would be free again. */
  freeAt: number
}

export function createCallers(clock: Pick<Clock, 'monotonic'>): Callers {
  const callers = new Map<string, Caller>()
  const { atOnce, perSecond } = limits.entries
  const cost = 1_000 / perSecond

  const callerAt = (address: string) => {
    const caller = callers.get(neighbourhood(address)) ?? { sockets: 0, freeAt: 0 }
    callers.set(neighbourhood(address), caller)
    return caller
  }

  return {
    came(address) {
      const caller = callerAt(address)
      if (caller.sockets >= limits.socketsOfAddress) return false
      caller.sockets++
      return true
    },
    left: (address) => void callerAt(address).sockets--,
    mayEnter(address) {
      const caller = callerAt(address)
      const now = clock.monotonic()
      const freeAt = Math.max(caller.freeAt, now) + cost
      if (freeAt - now > atOnce * cost) return false
      caller.freeAt = freeAt
      return true
    },
    sweep() {
      const now = clock.monotonic()
      for (const [address, { sockets, freeAt }] of callers) if (sockets === 0 && freeAt <= now) callers.delete(address)
    },
  }
}

/** One household has a whole /64 of IPv6 and would be as many callers as it likes. */
function neighbourhood(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped !== null) return mapped[1]!
  if (!address.includes(':')) return address
  const [head = '', tail = ''] = address.split('::')
  const groups = head.split(':').filter((one) => one !== '')
  const missing = 8 - groups.length - tail.split(':').filter((one) => one !== '').length
  return [...groups, ...Array.from({ length: missing }, () => '0')].slice(0, 4).join(':')
}
