import type { PathKind } from '@palabre/sdk/contract/link'
import type { RoutePolicy } from '@palabre/sdk/contract/route'

/** Where my node is: told to contacts inside the encryption, and in invites. */
export interface LinkHints {
  readonly peer: string
  readonly addresses: readonly string[]
}

/** Of what others say, and of what we say to them. */
export const limits = { peer: 128, address: 256, addresses: 16 }

/** From outside. Undefined when it leads nowhere. */
export function readHints(value: unknown): LinkHints | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const { peer, addresses } = value as Record<string, unknown>
  if (typeof peer !== 'string' || peer.length > limits.peer || !/^[A-Za-z0-9]+$/.test(peer)) return undefined
  const said: unknown[] = Array.isArray(addresses) ? addresses.slice(0, limits.addresses) : []
  return { peer, addresses: said.filter((one): one is string => typeof one === 'string' && one.length <= limits.address) }
}

/** Whether what is said may go by a link of this kind. */
export function permits(policy: RoutePolicy, kind: PathKind): boolean {
  const isBetween = kind === 'relayed' || kind === 'tor'
  return policy === 'direct-allowed' || isBetween === (policy === 'relayed-only')
}
