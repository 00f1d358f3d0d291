/**
 * Where a node that helps others is, as a person pastes it: `palabre:relay#<multiaddr>,<multiaddr>…`, all of one peer, and where it keeps
 * rooms: `…,wss://…`.
 */
export interface RelayPlace {
  /** Its overlay peer id. */
  readonly peer: string
  /** Without the peer id at their end. */
  readonly addresses: readonly string[]
  /** Its server of rooms, which knows nothing of the peer: `ws://…`, `wss://…`. */
  readonly signals?: readonly string[] | undefined
}

const limits = { link: 4_096, addresses: 8, signals: 4, address: 256 }
const scheme = 'palabre:relay#'

export function relayLink({ peer, addresses, signals = [] }: RelayPlace): string {
  return scheme + [...addresses.map((address) => `${address}/p2p/${peer}`), ...signals].join(',')
}

/** From a link, from what stands after its `#`, or from a multiaddr. Undefined when it names no peer, or several. */
export function readRelayLink(said: string): RelayPlace | undefined {
  if (said.length > limits.link) return undefined
  const list = (said.trim().split('#').at(-1) ?? '').split(',').map((one) => one.trim())
  const signals = list.filter((one) => /^wss?:\/\/[A-Za-z0-9.:[\]-]+\/?$/.test(one))
  const places = list
    .filter((one) => !signals.includes(one))
    .map((one) => /^((?:\/[\w.:%~-]+)+)\/p2p\/([A-Za-z0-9]{16,128})$/.exec(one))
  const peer = places[0]?.[2]
  if (peer === undefined || places.length > limits.addresses || signals.length > limits.signals) return undefined
  const addresses: string[] = []
  for (const place of places) {
    const address = place?.[1]
    if (address === undefined || place?.[2] !== peer || address.length > limits.address) return undefined
    addresses.push(address)
  }
  return signals.length === 0 ? { peer, addresses } : { peer, addresses, signals }
}
