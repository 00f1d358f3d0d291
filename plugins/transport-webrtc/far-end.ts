import type { IceCandidate } from '@palabre/sdk/contract/ice'
import type { MadePath } from '@palabre/sdk/contract/transport'
import type { SelectedPair } from './selected-pair.ts'

/** Carried by a TURN server it is no direct path. */
export function pathAt(address: string): MadePath {
  return farEnd.exec(address)?.[1] === undefined ? 'direct' : 'relayed'
}

/** What `farEndOf` writes. */
export const farEnd = /^\/(?:ip4|ip6|dns)\/[^/]+\/(?:udp|tcp)\/\d+(\/p2p-circuit)?\/webrtc(?:\/|$)/

/** `told` is what the other end said of where it can be reached. */
export function farEndOf(pair: SelectedPair, told: readonly IceCandidate[], peer: string): string {
  const { remote } = pair
  const host = remote.address === '' ? 'hidden.invalid' : remote.address
  const turn = isCarried(pair, told) ? '/p2p-circuit' : ''
  return `/${familyOf(host)}/${host}/${remote.protocol}/${remote.port}${turn}/webrtc/p2p/${peer}`
}

/**
 * Whether a TURN server stands between. The end that has no account with it sees no more than an address that spoke first
 * (`prflx`): the server's, if the other end told one there; and, if it told its public address and this is no address it told,
 * most likely the server's too, whose mention was overtaken. In doubt the path is not called direct.
 */
function isCarried({ local, remote }: SelectedPair, told: readonly IceCandidate[]): boolean {
  if (local.type === 'relay' || remote.type === 'relay') return true
  const there = told.filter(({ address }) => address === remote.address)
  if (there.length > 0) return there.some(({ type, port }) => type === 'relay' && (port === remote.port || remote.type === 'prflx'))
  const tellsAll = told.every(({ address }) => familyOf(address) !== 'dns')
  return (
    remote.type === 'prflx' &&
    tellsAll &&
    told.some(({ type, address }) => type === 'srflx' && familyOf(address) === familyOf(remote.address))
  )
}

const familyOf = (host: string) => (host.includes(':') ? 'ip6' : /^[\d.]+$/.test(host) ? 'ip4' : 'dns')
