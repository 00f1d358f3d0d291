/** Where a node that helps others is, as a person pastes it: `palabre:relay#<multiaddr>,<multiaddr>…`, all of one peer. */
export interface RelayPlace {
  /** Its overlay peer id. */
  readonly peer: string
  /** Without the peer id at their end. */
  readonly addresses: readonly string[]
}

const limits = { link: 4_096, addresses: 8, address: 256 }
const scheme = 'palabre:relay#'

export function relayLink({ peer, addresses }: RelayPlace): string {
  return scheme + addresses.map((address) => `${address}/p2p/${peer}`).join(',')
}

/** From a link, from what stands after its `#`, or from a multiaddr. Undefined when it names no peer, or several. */
export function readRelayLink(said: string): RelayPlace | undefined {
  if (said.length > limits.link) return undefined
  const list = (said.trim().split('#').at(-1) ?? '').split(',')
  const places = list.map((one) => /^((?:\/[\w.:%~-]+)+)\/p2p\/([A-Za-z0-9]{16,128})$/.exec(one.trim()))
  const peer = places[0]?.[2]
  if (peer === undefined || list.length > limits.addresses) return undefined
  const addresses: string[] = []
  for (const place of places) {
    const address = place?.[1]
    if (address === undefined || place?.[2] !== peer || address.length > limits.address) return undefined
    addresses.push(address)
  }
  return { peer, addresses }
}
