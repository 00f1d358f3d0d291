import type { Connection } from '@libp2p/interface'
import type { Hop, Path } from '@palabre/sdk/contract/link'
import type { Transport } from '@palabre/sdk/contract/transport'

/** A connection that stands, and what it is as a path. */
export interface Road {
  readonly connection: Connection
  readonly path: Omit<Path, 'since'>
  /** The lower is the better. */
  readonly order: number
}

export function roadOf(connection: Connection, transport: Transport | undefined): Road {
  const address = connection.remoteAddr.toString()
  const kind = kindOf(address, transport)
  const path = {
    kind,
    transport: transport?.name ?? 'unknown',
    address,
    // libp2p tells the protocol, which may have a version, `/noise`, `/tls/1.0.0`, or that the transport has its own: `native`.
    channel: connection.encryption?.replace(/^\//, '').split('/')[0] ?? 'unknown',
    hops: kind === 'relayed' ? hopsOf(address) : [],
  }
  return { connection, path, order: orderOf(address, transport) }
}

/** What stands before each `/p2p-circuit`: the relay, and where it is reached. */
export function hopsOf(address: string): Hop[] {
  return address
    .split('/p2p-circuit')
    .slice(0, -1)
    .flatMap((one) => {
      const [, at = '', peer] = /^(.*)\/p2p\/([^/]+)$/.exec(one) ?? []
      return peer === undefined ? [] : [{ peer, address: at }]
    })
}

/** Whether whoever is at the far end of a road at this address does not see where we are. */
export function hidesUs(address: string, transport: Pick<Transport, 'makes'> | undefined): boolean {
  const kind = kindOf(address, transport)
  return kind === 'relayed' || kind === 'tor'
}

function kindOf(address: string, transport: Pick<Transport, 'makes'> | undefined): Path['kind'] {
  const { makes = 'direct' } = transport ?? {}
  const made = typeof makes === 'function' ? makes(address) : makes
  return made === 'direct' && isNear(address) ? 'lan' : made
}

/** Near before far, ours before others', and by the transports' own rank. */
export function orderOf(address: string, transport: Pick<Transport, 'makes' | 'rank'> | undefined): number {
  const kinds: Path['kind'][] = ['lan', 'direct', 'relayed', 'tor']
  return kinds.indexOf(kindOf(address, transport)) * 1_000 + (transport?.rank ?? 999)
}

interface Possible {
  readonly address: string
  readonly order: number
}

/**
 * What worked last, then its like: who was reached through a relay that died is reached through the next sooner than at one of many
 * addresses that never were of use. Then the better ones first.
 */
export function inOrder(all: readonly Possible[], workedLast: string | undefined): string[] {
  const like = all.find(({ address }) => address === workedLast)?.order
  const place = ({ address, order }: Possible) => (address === workedLast ? -2 : order === like ? -1 : order)
  return all.toSorted((a, b) => place(a) - place(b)).map(({ address }) => address)
}

/** This machine or a local network. Where a relay or a meeting place is tells nothing of who is behind it. */
function isNear(address: string): boolean {
  if (/\/(?:p2p-circuit|http-path)(?:\/|$)/.test(address)) return false
  const [, family = '', host = ''] = address.split('/')
  if (family === 'memory') return true
  if (family === 'ip4') return isNear4(host)
  if (family === 'ip6') return isNear6(host.toLowerCase())
  return family.startsWith('dns') && (host === 'localhost' || host.endsWith('.local'))
}

/** RFC 1122 loopback, RFC 1918 private use, RFC 3927 link-local. */
function isNear4(host: string): boolean {
  const [a = -1, b = -1] = host.split('.').map(Number)
  return a === 127 || a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168) || (a === 169 && b === 254)
}

/** Loopback, RFC 4193 unique local, RFC 4291 link-local, and the above in their mapped form. */
function isNear6(host: string): boolean {
  if (host === '::1' || /^f[cd]/.test(host) || /^fe[89ab]/.test(host)) return true
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(host)
  return mapped !== null && isNear4(mapped[1]!)
}
