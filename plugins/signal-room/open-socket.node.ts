import { lookupBy, type Names } from '@palabre/sdk/contract/resolver'
import { signalWire } from '@palabre/sdk/contract/signal-wire'
import { WebSocket as NodeWebSocket } from 'ws'

/** Node's own has no way to be told how names are looked up. */
export function openSocket(url: string, protocol: string, names: Names): WebSocket {
  const socket = new NodeWebSocket(url, protocol, {
    lookup: lookupBy(names),
    perMessageDeflate: false,
    followRedirects: false,
    maxPayload: signalWire.cell,
  })
  return socket as unknown as WebSocket
}
