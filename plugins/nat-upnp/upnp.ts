import { isOfOwnNetwork, messageOf } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Log } from '@palabre/sdk/contract/log'
import type { MappedNode, Nat } from '@palabre/sdk/contract/nat'
import { openGateway, type Gateway, type Port } from './gateway.ts'
import { addressTowards, everybody, searchGateway } from './search.ts'

export interface UpnpOptions {
  /** Seconds a mapping lives unless it is renewed, which is done after half of them. */
  readonly lifetime: number
  /** Milliseconds between two searches while there is no router. */
  readonly every: number
  readonly clock: Clock
  readonly log: Log
  readonly search?: typeof everybody
}

/** After our ports have changed, they often change again at once. */
const gather = 500
const mostPorts = 16
const goodbye = 3_000

/** Asks the router next to us to let others in. */
export function upnp({ lifetime, every, clock, log, search = everybody }: UpnpOptions): Nat {
  return {
    name: 'upnp',
    async *map(node) {
      let changed = new AbortController()
      using _watching = node.watch(() => changed.abort())
      /** What stands at the router, by the port outside. */
      const standing = new Map<string, { gateway: Gateway; outside: Port }>()
      let told = ''
      try {
        while (!node.signal.aborted) {
          changed = new AbortController()
          const addresses = await attempt(node, standing)
          if (node.signal.aborted) return
          if (addresses.join(' ') !== told) yield addresses
          told = addresses.join(' ')
          const pause = standing.size > 0 ? lifetime * 500 : every
          await clock.sleep(pause, AbortSignal.any([node.signal, changed.signal])).catch(() => undefined)
          if (changed.signal.aborted) await clock.sleep(gather, node.signal).catch(() => undefined)
        }
      } finally {
        await giveBack([...standing.values()])
      }
    },
  }

  /** Maps what must be mapped now, gives back what need not be any more, and tells where that leads. None when there is no router. */
  async function attempt({ listening, signal }: MappedNode, standing: Standing): Promise<string[]> {
    try {
      const found = await searchGateway(search, signal)
      const gateway = found === undefined ? undefined : await openGateway(found, signal)
      if (found === undefined || gateway === undefined) return []
      const [here, outside] = await Promise.all([addressTowards(found.host), gateway.externalAddress(signal)])
      const ports = portsOf(listening(), here)
      const mapped = new Map<string, number>()
      for (const port of ports) {
        const number = await gateway.map(port, here, lifetime, signal)
        mapped.set(keyOf(port), number)
        standing.set(keyOf({ ...port, number }), { gateway, outside: { ...port, number } })
      }
      const kept = new Set(ports.map((port) => keyOf({ ...port, number: mapped.get(keyOf(port))! })))
      const old = [...standing].filter(([key]) => !kept.has(key))
      for (const [key] of old) standing.delete(key)
      await giveBack(old.map(([, one]) => one))
      if (!isPublic(outside)) {
        log.info('the router has no address of its own in the wide network', { outside })
        return []
      }
      return addressesOf(listening(), here, outside, mapped)
    } catch (error) {
      if (!signal.aborted) log.warn('the router could not be asked', { reason: messageOf(error) })
      return []
    }
  }

  async function giveBack(all: readonly { gateway: Gateway; outside: Port }[]): Promise<void> {
    const signal = AbortSignal.timeout(goodbye)
    await Promise.all(
      all.map(async ({ gateway, outside }) => {
        try {
          await gateway.unmap(outside, signal)
        } catch (error) {
          log.warn('a port stays open at the router until its time is over', { port: outside.number, reason: messageOf(error) })
        }
      }),
    )
  }
}

type Standing = Map<string, { gateway: Gateway; outside: Port }>

const keyOf = ({ protocol, number }: Port) => `${protocol} ${number}`
const shape = /^\/ip4\/([\d.]+)\/(tcp|udp)\/(\d+)(\/.*)?$/

function portsOf(addresses: readonly string[], here: string): Port[] {
  const ports = addresses.flatMap((address): Port[] => {
    const [, host, protocol, number] = shape.exec(address) ?? []
    return host === here ? [{ protocol: protocol === 'udp' ? 'UDP' : 'TCP', number: Number(number) }] : []
  })
  return [...new Map(ports.map((port) => [keyOf(port), port])).values()].slice(0, mostPorts)
}

function addressesOf(addresses: readonly string[], here: string, outside: string, mapped: ReadonlyMap<string, number>): string[] {
  return addresses.flatMap((address) => {
    const [, host, protocol = '', number, rest = ''] = shape.exec(address) ?? []
    const port = mapped.get(`${protocol.toUpperCase()} ${number}`)
    return host === here && port !== undefined ? [`/ip4/${outside}/${protocol}/${port}${rest}`] : []
  })
}

/** A router behind another one has an address of that one's network; what it maps leads to nobody. */
const isPublic = (address: string) => /^\d+\.\d+\.\d+\.\d+$/.test(address) && !isOfOwnNetwork(address)
