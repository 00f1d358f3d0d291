/** Where somebody's node of the overlay is: contacts tell it each other inside the encryption, and in invites. */
export interface NodePlace {
  readonly peer: string
  readonly addresses: readonly string[]
}

/** The name of the route by links, under which a place stands. */
export const linkRoute = 'link'

/** Of what others say, and of what we say to them. */
export const placeLimits = { peer: 128, address: 256, addresses: 16 }

/** From outside. Undefined when it leads nowhere. */
export function readNodePlace(value: unknown): NodePlace | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const { peer, addresses } = value as Record<string, unknown>
  if (typeof peer !== 'string' || peer.length > placeLimits.peer || !/^[A-Za-z0-9]+$/.test(peer)) return undefined
  const said: unknown[] = Array.isArray(addresses) ? addresses.slice(0, placeLimits.addresses) : []
  return { peer, addresses: said.filter((one): one is string => typeof one === 'string' && one.length <= placeLimits.address) }
}
