import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr, type Multiaddr } from '@multiformats/multiaddr'
import type { PeerId } from '@libp2p/interface'
import { placeInInvite } from '@palabre/sdk/contract/invite-wire'
import { faults } from './faults.ts'

/** What somebody wants to reach: a peer, some of its addresses, or both. */
export interface Target {
  readonly peer: string | undefined
  readonly addresses: readonly string[]
}

/** From ids, addresses and invites. Throws `bad-argument` for what is none, or leads to several peers. */
export function readTarget(said: string | readonly string[]): Target {
  const all = typeof said === 'string' ? [said] : said
  const read = all.map(readOne)
  const peers = new Set(read.flatMap(({ peer }) => peer ?? []))
  if (read.length === 0) throw faults.notATarget('')
  if (peers.size > 1) throw faults.severalPeers()
  return { peer: [...peers][0], addresses: read.flatMap(({ addresses }) => addresses) }
}

function readOne(said: string): Target {
  if (said.startsWith('/')) return readAddress(said)
  return said.includes('#') ? readInvite(said) : { peer: readPeer(said).toString(), addresses: [] }
}

/** Who made it need not be there; its link proves nothing, and who answers must be the peer that it names. */
function readInvite(link: string): Target {
  const place = placeInInvite(link)
  if (place === undefined) throw faults.namesNoNode()
  const peer = readPeer(place.peer).toString()
  return { peer, addresses: readFound(peer, place.addresses) }
}

export function readPeer(said: string): PeerId {
  try {
    return peerIdFromString(said)
  } catch {
    throw faults.notATarget(said)
  }
}

/** Without the peer id at its end, which is told apart. */
function readAddress(said: string): Target {
  try {
    const address = multiaddr(said)
    const parts = address.getComponents()
    const last = parts.at(-1)
    if (last === undefined) throw faults.notATarget(said)
    if (last.name !== 'p2p') return { peer: undefined, addresses: [address.toString()] }
    const peer = readPeer(last.value ?? '').toString()
    return { peer, addresses: parts.length === 1 ? [] : [multiaddr(parts.slice(0, -1)).toString()] }
  } catch {
    throw faults.notATarget(said)
  }
}

/** What does not parse, or ends in the id of somebody else than `peer`, is dropped. */
export function readFound(peer: string, addresses: readonly string[]): string[] {
  return addresses.flatMap((said) => {
    try {
      const target = readAddress(said)
      return target.peer === undefined || target.peer === peer ? target.addresses : []
    } catch {
      return []
    }
  })
}

/** Those that parse, as they are. */
export function readAddresses(addresses: readonly string[]): string[] {
  return addresses.flatMap((said) => {
    try {
      return [multiaddr(said).toString()]
    } catch {
      return []
    }
  })
}

export function withPeer(address: string, peer: string | undefined): Multiaddr {
  return multiaddr(peer === undefined ? address : `${address}/p2p/${peer}`)
}

export const withoutPeer = (address: string, peer: string): string =>
  address.endsWith(`/p2p/${peer}`) ? address.slice(0, -`/p2p/${peer}`.length) : address
