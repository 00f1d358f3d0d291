import type { Names } from '@palabre/sdk/contract/resolver'
import { faults } from './faults.ts'
import { limits } from './limits.ts'

/** Whether the address leads on to others by a DNS record, whatever the transport. */
export const isList = (address: string): boolean => address.startsWith('/dnsaddr/')

/**
 * The addresses that an address stands for, with names looked up. Where a certificate must match the name (TLS), it stays, and the
 * transport looks it up itself. Throws what `Names` throws, and `peer-unknown` when nothing is behind the name.
 */
export async function expand(
  address: string,
  peer: string | undefined,
  names: Names,
  signal: AbortSignal,
  depth = 0,
): Promise<string[]> {
  const [, family = '', host = '', ...rest] = address.split('/')
  if (family === 'dnsaddr') return expandList(address, host, peer, names, signal, depth)
  if (!/^dns[46]?$/.test(family) || rest.some((part) => part === 'tls' || part === 'wss')) return [address]
  const wanted = family === 'dns4' ? 4 : family === 'dns6' ? 6 : undefined
  const found = await names.addresses(host, { signal, family: wanted })
  if (found.length === 0) throw faults.emptyName(host)
  return found.slice(0, limits.addressesPerPeer).map((one) => [`/ip${one.family}/${one.address}`, ...rest].join('/'))
}

/** https://github.com/multiformats/multiaddr/blob/master/protocols/DNSADDR.md */
async function expandList(
  address: string,
  host: string,
  peer: string | undefined,
  names: Names,
  signal: AbortSignal,
  depth: number,
): Promise<string[]> {
  if (depth >= limits.nameDepth) throw faults.emptyName(host)
  const said = await names.texts(`_dnsaddr.${host}`, { signal })
  const whom = peer ?? /\/p2p\/([A-Za-z0-9]+)$/.exec(address)?.[1]
  const next = said
    .filter((one) => one.startsWith('dnsaddr=/') && (whom === undefined || one.endsWith(`/p2p/${whom}`)))
    .slice(0, limits.addressesPerPeer)
    .map((one) => one.slice('dnsaddr='.length))
  const bare = next.map((one) => (peer !== undefined && one.endsWith(`/p2p/${peer}`) ? one.slice(0, -`/p2p/${peer}`.length) : one))
  const all = await Promise.all(bare.map((one) => expand(one, peer, names, signal, depth + 1)))
  if (all.flat().length === 0) throw faults.emptyName(host)
  return all.flat().slice(0, limits.addressesPerPeer)
}
