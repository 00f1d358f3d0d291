import type { CreateListenerOptions, Transport } from '@libp2p/interface'
import { webSockets } from '@libp2p/websockets'
import type { Names } from '@palabre/sdk/contract/resolver'
import type { NodePart } from '@palabre/sdk/contract/transport'
import type { Multiaddr } from '@multiformats/multiaddr'
import { multiaddrToUri } from '@multiformats/multiaddr-to-uri'
import { endingWhenReset, endWhenReset } from './end-when-reset.ts'

export type OpenSocket = (uri: string, names: Names) => WebSocket

/** How the ecosystem's transport gets a socket. It offers no door of its own for another way to do that. */
interface Dialling {
  _connect(address: Multiaddr, options: { readonly signal: AbortSignal }): Promise<WebSocket>
}

/**
 * The ecosystem's, with sockets of ours in place of the platform's: those ask `names` where Node's would ask the operating system, and
 * a dial that fails rejects with an Error.
 */
export function webSocketBy(openSocket: OpenSocket): NodePart<Transport> {
  return (components, names) => {
    const transport = webSockets()(components)
    const connecting = async (address: Multiaddr, signal: AbortSignal) => {
      signal.throwIfAborted()
      const uri = multiaddrToUri(address)
      return connect(endWhenReset(openSocket(uri, names)), uri, signal)
    }
    const dialling: Dialling = { _connect: (address, { signal }) => connecting(address, signal) }
    const listening = transport.createListener.bind(transport)
    return Object.assign(transport, dialling, {
      createListener: (options: CreateListenerOptions) => listening({ ...options, upgrader: endingWhenReset(options.upgrader) }),
    })
  }
}

async function connect(socket: WebSocket, uri: string, signal: AbortSignal): Promise<WebSocket> {
  socket.binaryType = 'arraybuffer'
  try {
    await opened(socket, uri, signal)
    return socket
  } catch (error) {
    socket.close()
    throw error
  }
}

function opened(socket: WebSocket, uri: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void) => {
      signal.removeEventListener('abort', quit)
      socket.removeEventListener('open', open)
      socket.removeEventListener('error', fail)
      socket.removeEventListener('close', fail)
      // What is said of a socket that is given up is nobody's concern, but must be heard by somebody.
      socket.addEventListener('error', () => undefined)
      done()
    }
    const open = () => settle(resolve)
    const quit = () => settle(() => reject(signal.reason))
    const fail = (event: Event) => settle(() => reject(errorOf(event, uri)))
    signal.addEventListener('abort', quit)
    socket.addEventListener('open', open)
    socket.addEventListener('error', fail)
    socket.addEventListener('close', fail)
  })
}

/** Node tells why; a page does not, so that no site learns who answers in a person's network. */
function errorOf(event: Event, uri: string): Error {
  const { error } = event as { error?: unknown }
  return error instanceof Error && error.message !== '' ? error : new Error(`no WebSocket at ${uri}`, { cause: error })
}
