import { lookupBy, type Names } from '@palabre/sdk/contract/resolver'
import { WebSocket as NodeWebSocket } from 'ws'

/** Node's own has no way to be told how names are looked up. No compression: what is sent is encrypted already. */
export function openSocket(uri: string, names: Names): WebSocket {
  const socket = new NodeWebSocket(uri, { lookup: lookupBy(names), perMessageDeflate: false, followRedirects: false })
  return socket as unknown as WebSocket
}
