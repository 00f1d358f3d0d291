import type { IdentifyResult } from '@libp2p/interface'
import { multiaddr, type Multiaddr } from '@multiformats/multiaddr'
import { isOfOwnNetwork } from '@palabre/sdk'

/** Where peers say they reached us: a public address behind a forwarded port is known to them alone. */
export interface ObservedAddresses {
  /** The address, at the moment at which enough of them agree on it. */
  saw(told: Pick<IdentifyResult, 'connection' | 'observedAddr'>): Multiaddr | undefined
  agreed(): readonly Multiaddr[]
}

/** One alone may lie, or be mistaken. */
const enough = 2
/** Addresses that are counted at all; who makes up more changes nothing. */
const most = 64

export function createObservedAddresses(): ObservedAddresses {
  const witnesses = new Map<string, Set<string>>()
  const agreed = new Map<string, Multiaddr>()
  return {
    saw({ connection, observedAddr }) {
      // Who was called by us sees a port of the moment, and who comes through a relay sees the relay.
      if (connection.direction !== 'inbound' || observedAddr === undefined) return undefined
      const address = withoutPeer(observedAddr)
      if (address.includes('/p2p-circuit') || !/^\/ip[46]\//.test(address)) return undefined
      const seen = witnesses.get(address) ?? new Set()
      if (!witnesses.has(address) && witnesses.size >= most) return undefined
      witnesses.set(address, seen.add(witnessOf(connection)))
      if (seen.size < enough || agreed.has(address)) return undefined
      const confirmed = multiaddr(address)
      agreed.set(address, confirmed)
      return confirmed
    },
    agreed: () => [...agreed.values()],
  }
}

/** Of one public network one voice, however many ids it makes up; inside a network of our own each peer has one. */
function witnessOf({ remoteAddr, remotePeer }: IdentifyResult['connection']): string {
  const [, family = '', host = ''] = remoteAddr.toString().split('/')
  if (isOfOwnNetwork(host)) return remotePeer.toString()
  return family === 'ip4' ? host.split('.').slice(0, 2).join('.') : host.split(':').slice(0, 3).join(':')
}

const withoutPeer = (address: Multiaddr) => address.toString().replace(/\/p2p\/[A-Za-z0-9]+$/, '')
