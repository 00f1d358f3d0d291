import type { Transport } from '@palabre/sdk/contract/transport'

type Make = (options: { rtcConfiguration: { iceServers: [] } }) => Transport['create']

/** The servers are told explicitly to be none: the library would ask four public companies for an address that this way does not need. */
export function directTransport(make: Make, listen: readonly string[]): Transport {
  return { name: 'webrtc-direct', create: make({ rtcConfiguration: { iceServers: [] } }), listen, makes: 'direct', rank: 35 }
}
