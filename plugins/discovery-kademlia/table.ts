import { start, stop } from '@libp2p/interface'
import {
  kadDHT,
  passthroughMapper,
  removePrivateAddressesMapper,
  type KadDHT,
  type KadDHTComponents,
  type SingleKadDHT,
} from '@libp2p/kad-dht'
import type { Clock } from '@palabre/sdk/contract/clock'
import { foundBy, type DiscoveringNode, type Discovery, type FoundPeer } from '@palabre/sdk/contract/discovery'
import type { Log } from '@palabre/sdk/contract/log'
import { messageOf } from '@palabre/sdk'
import { isPrivate } from '@libp2p/utils'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { CID } from 'multiformats/cid'
import { limits } from './limits.ts'
import { ourParts } from './our-parts.ts'
import { placeOf, placesOf } from './place.ts'

export interface TableSettings {
  readonly mode: 'client' | 'server'
  readonly reach: 'wide' | 'local'
  readonly announce: boolean
  /** Seconds between two walks. */
  readonly every: number
}

export interface TableOptions extends TableSettings {
  readonly clock: Clock
  readonly log: Log
}

/** A table of our own, not the one that the ecosystem shares. */
const protocol = '/palabre/kad/1.0.0'

type Teller = KadDHT & { addEventListener(type: 'peer', listener: (event: { readonly detail: Told }) => void): void }
interface Told {
  readonly id: { toString(): string }
  readonly multiaddrs: readonly Multiaddr[]
}

/** The ecosystem's Kademlia: walks through it to meet peers, lies in it for those who know our id, and looks for those we know. */
export function distributedTable({ mode, reach, announce, every, clock, log }: TableOptions): Discovery {
  let table: KadDHT | undefined
  const isTellable = (address: Multiaddr) => reach === 'local' || !isPrivate(address)
  const told = ({ id, multiaddrs }: Told): FoundPeer => ({
    peer: id.toString(),
    addresses: [...new Set(multiaddrs.filter(isTellable).map(bare))].slice(0, limits.addressesPerPeer),
  })

  return {
    name: 'kademlia',
    find: (node) =>
      foundBy(node, async (tell) => {
        const own = makeTable(node)
        own.addEventListener('peer', ({ detail }) => tell(told(detail)))
        await start(own)
        table = own
        const over = new AbortController()
        const running = AbortSignal.any([node.signal, over.signal])
        const work = Promise.all([walk(own, running), announce ? lie(own, node, running) : undefined])
        return async () => {
          over.abort()
          if (table === own) table = undefined
          await work
          await stop(own)
        }
      }),
    async seek(peer, signal) {
      if (table === undefined) return undefined
      const within = AbortSignal.any([signal, AbortSignal.timeout(limits.query)])
      // Who has just started is about to meet the first keeper of the table.
      while (isEmpty(table) && !within.aborted) await clock.sleep(limits.firstLook, within).catch(() => undefined)
      const found = await firstOf(table, await placeOf(peer, clock.now()), peer, within)
      return found === undefined ? undefined : told(found)
    },
  }

  function makeTable({ components }: DiscoveringNode): Teller {
    const make = kadDHT({
      protocol,
      clientMode: mode === 'client',
      peerInfoMapper: reach === 'local' ? passthroughMapper : removePrivateAddressesMapper,
      allowQueryWithZeroPeers: true,
      initialQuerySelfInterval: limits.firstLook,
      maxInboundStreams: limits.inboundStreams,
      maxOutboundStreams: limits.outboundStreams,
      providers: { provideValidity: limits.recordLife },
      logPrefix: 'palabre:kad',
    })
    return make(ourParts(components as KadDHTComponents, isTellable)) as unknown as Teller
  }

  /** Meets peers along the way to somewhere; who is told of is told by event. */
  async function walk(own: KadDHT, signal: AbortSignal): Promise<void> {
    let pause: number = limits.firstLook
    while (!signal.aborted) {
      const met = await answers(own.getClosestPeers(crypto.getRandomValues(new Uint8Array(32)), within(signal)), 'FIND_NODE')
      // The first peers come when they come; afterwards at the person's pace.
      pause = met > 0 ? every * 1000 : Math.min(pause * 2, limits.look)
      await clock.sleep(pause, signal).catch(() => undefined)
    }
  }

  /** Leaves where we are at our places of the day, anew when either changes or grows old. */
  async function lie(own: KadDHT, node: DiscoveringNode, signal: AbortSignal): Promise<void> {
    let left = { what: '', at: -Infinity }
    let pause: number = limits.firstLook
    while (!signal.aborted) {
      const places = await placesOf(node.self, clock.now())
      const what = [...places, ...node.addresses()].join(' ')
      if (node.addresses().length > 0 && (what !== left.what || clock.monotonic() - left.at > limits.renewal)) {
        const took = await Promise.all(places.map((place) => answers(own.provide(place, within(signal)), 'ADD_PROVIDER')))
        if (took.every((count) => count > 0)) left = { what, at: clock.monotonic() }
      }
      pause = left.what === what ? limits.look : Math.min(pause * 2, limits.look)
      await clock.sleep(pause, signal).catch(() => undefined)
    }
  }

  /** How many answered; a query that fails is one that nobody answered. */
  async function answers(events: AsyncIterable<{ readonly name: string }>, wanted: string): Promise<number> {
    let count = 0
    try {
      for await (const event of events) {
        const { name, messageName } = event as { name: string; messageName?: string }
        if (name === 'PEER_RESPONSE' && messageName === wanted) count++
      }
    } catch (error) {
      log.debug('a query ended early', { query: wanted, reason: messageOf(error) })
    }
    return count
  }
}

/** Without the peer at its end, whom `FoundPeer` tells apart. */
const bare = (address: Multiaddr): string => address.toString().replace(/\/p2p\/[^/]+$/, '')

const isEmpty = (table: KadDHT): boolean => (table as SingleKadDHT).routingTable.size === 0

const within = (signal: AbortSignal) => ({ signal: AbortSignal.any([signal, AbortSignal.timeout(limits.query)]) })

/** Only what the peer itself left counts: a table's keeper passes on nobody else's word, and who answers at the address must prove the id. */
async function firstOf(table: KadDHT, place: CID, peer: string, signal: AbortSignal): Promise<Told | undefined> {
  try {
    for await (const event of table.findProviders(place, { signal })) {
      if (event.name !== 'PROVIDER') continue
      const found = event.providers.find(({ id, multiaddrs }) => id.toString() === peer && multiaddrs.length > 0)
      if (found !== undefined) return found
    }
  } catch {
    // Nobody knows it, or the time is over.
  }
  return undefined
}
