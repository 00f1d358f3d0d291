import type { MadePath } from '@palabre/sdk/contract/transport'
import type { SelectedPair } from './selected-pair.ts'

/** Carried by a TURN server it is no direct path. */
export function pathAt(address: string): MadePath {
  return farEnd.exec(address)?.[1] === undefined ? 'direct' : 'relayed'
}

/** What `farEndOf` writes. */
export const farEnd = /^\/(?:ip4|ip6|dns)\/[^/]+\/(?:udp|tcp)\/\d+(\/p2p-circuit)?\/webrtc(?:\/|$)/

export function farEndOf({ local, remote }: SelectedPair, peer: string): string {
  const host = remote.address === '' ? 'hidden.invalid' : remote.address
  const family = host.includes(':') ? 'ip6' : /^[\d.]+$/.test(host) ? 'ip4' : 'dns'
  const turn = local.type === 'relay' || remote.type === 'relay' ? '/p2p-circuit' : ''
  return `/${family}/${host}/${remote.protocol}/${remote.port}${turn}/webrtc/p2p/${peer}`
}
