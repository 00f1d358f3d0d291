import type { TestPerson } from '../messenger/person.ts'
import { startPerson } from '../messenger/person.ts'

/** Somebody whom nobody reaches but in a room: no port is open, no relay and no mailbox is known. */
export const startHidden = (...servers: { readonly url: string }[]): Promise<TestPerson> =>
  startPerson({
    without: ['transport-tcp'],
    also: ['transport-webrtc', 'transport-signal', 'signal-room'],
    // All who come do so by the server's address.
    config: { 'signal-room': { servers: servers.map(({ url }) => url) }, 'network-libp2p': { inboundPerSecond: 1_000 } },
  })
