import type { Listener, PeerId, Upgrader } from '@libp2p/interface'
import { openProcessPort, type ProcessPort } from './process-port.node.ts'

/** What the pinned library's listener does by itself, and keeps to itself. */
interface Inside extends Listener {
  readonly components: { readonly peerId: PeerId; readonly upgrader: Upgrader }
  readonly shutdownController: AbortController
  incomingConnection(ufrag: string, host: string, port: number, signal: AbortSignal): Promise<void>
  startUDPMuxServer(host: string, port: number, family: 4 | 6): object
}

/** Has it listen on a port that outlives it, see `process-port.node.ts`. */
export function listenOnProcessPort(listener: Listener): Listener {
  const inside = listener as Inside
  const { peerId, upgrader } = inside.components
  const answer = async (ufrag: string, host: string, port: number) => {
    const signal = upgrader.createInboundAbortSignal(inside.shutdownController.signal)
    // Whoever does not come through is told nothing, and hears it from the silence.
    await inside.incomingConnection(ufrag, host, port, signal).catch(() => undefined)
    signal.clear()
  }
  inside.startUDPMuxServer = (host, port, family) => ({
    peerId,
    owner: inside,
    port,
    isIPv4: family === 4,
    isIPv6: family === 6,
    server: openProcessPort(host, port, (request) => {
      if (isCredential.test(request.ufrag)) void answer(request.ufrag, request.host, request.port)
    }).then((opened) => serverOn(opened, host, family)),
  })
  return inside
}

/** Chosen by the caller, it becomes the password too (RFC 8445 §5.3 says which may be); the native library ends the process at others. */
const isCredential = /^[a-zA-Z0-9+/]{22,256}$/

function serverOn(opened: ProcessPort, address: string, family: 4 | 6) {
  return {
    address: () => ({ address, port: opened.port, family: `IPv${family}` }),
    close: async () => opened.close(),
  }
}
