import type { MultiaddrConnection, Upgrader } from '@libp2p/interface'

/** RFC 6455, section 7.1.5: what a socket says of itself after a cut, and what nobody may ask it to say. */
const cut = 1006

/** The ecosystem asks a socket that it gives up to close with 1006, which every socket refuses: it would stay open for ever. */
export function endWhenReset(socket: WebSocket): WebSocket {
  const close = socket.close.bind(socket)
  socket.close = (code, reason) => {
    if (code !== cut) close(code, reason)
    else if ('terminate' in socket) (socket as { terminate(): void }).terminate()
    else close()
  }
  return socket
}

/** The same for the sockets that come to a listener. */
export function endingWhenReset(upgrader: Upgrader): Upgrader {
  return {
    upgradeInbound(connection: Coming, options: Parameters<Upgrader['upgradeInbound']>[1]) {
      endWhenReset(connection.websocket)
      return upgrader.upgradeInbound(connection, options)
    },
    upgradeOutbound: (connection: MultiaddrConnection, options: Parameters<Upgrader['upgradeOutbound']>[1]) =>
      upgrader.upgradeOutbound(connection, options),
    createInboundAbortSignal: (signal) => upgrader.createInboundAbortSignal(signal),
    getStreamMuxers: () => upgrader.getStreamMuxers(),
    getConnectionEncrypters: () => upgrader.getConnectionEncrypters(),
  }
}

type Coming = MultiaddrConnection & { readonly websocket: WebSocket }
