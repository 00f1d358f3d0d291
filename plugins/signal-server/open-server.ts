import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Clock } from '@palabre/sdk/contract/clock'
import { signalWire } from '@palabre/sdk/contract/signal-wire'
import { WebSocketServer, type WebSocket } from 'ws'
import { createCallers } from './callers.ts'
import { limits } from './limits.ts'
import { createRooms } from './rooms.ts'
import { serveSocket, type Served } from './serve-socket.ts'

export interface ServerSettings {
  readonly host: string
  /** Zero for any that is free. */
  readonly port: number
  /** Whether somebody we trust stands before us and tells in `X-Forwarded-For` who calls. */
  readonly behindProxy: boolean
}

export interface OpenServer {
  readonly port: number
  counts(): { readonly sockets: number; readonly rooms: number }
  /** To be called every second. */
  sweep(): void
  close(): Promise<void>
}

/** Fails with what the system says when it cannot listen there. */
export async function openServer(
  { host, port, behindProxy }: ServerSettings,
  clock: Pick<Clock, 'now' | 'monotonic'>,
): Promise<OpenServer> {
  const rooms = createRooms(clock)
  const callers = createCallers(clock)
  const served = new Map<WebSocket, Served>()
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: signalWire.cell,
    perMessageDeflate: false,
    handleProtocols: () => signalWire.protocol,
  })
  // Nothing is answered but the wish for a socket, and who is slow to say it is not waited for.
  const server = createServer(
    { headersTimeout: limits.handshake, requestTimeout: limits.handshake, connectionsCheckingInterval: limits.sweep },
    (_request, response) => response.writeHead(426, { connection: 'close' }).end(),
  )
  server.maxConnections = limits.sockets
  server.on('upgrade', (request: IncomingMessage, stream: Socket, head: Buffer) => {
    const address = callerOf(request)
    stream.on('error', () => stream.destroy())
    if (!speaksOurs(request)) return refuse(stream, '400 Bad Request')
    if (!callers.came(address)) return refuse(stream, '429 Too Many Requests')
    stream.once('close', () => callers.left(address))
    sockets.handleUpgrade(request, stream, head, (socket) => serve(socket, address))
  })

  function serve(socket: WebSocket, address: string): void {
    const one = serveSocket(socket, { rooms, clock, mayEnter: () => callers.mayEnter(address) })
    served.set(socket, one)
    // A broken socket closes next; there is nothing to say about it, and nobody to say it to.
    socket.on('error', () => undefined)
    socket.on('message', (bytes: Buffer, isBinary) => (isBinary ? one.heard(bytes) : socket.terminate()))
    socket.on('close', () => {
      served.delete(socket)
      one.closed()
    })
  }

  /** Each proxy adds whom it heard at the end: only the last word is that of the one who stands before us. */
  const callerOf = ({ headers, socket }: IncomingMessage): string => {
    const told = behindProxy ? String(headers['x-forwarded-for'] ?? '') : ''
    return told.split(',').at(-1)!.trim() || (socket.remoteAddress ?? '')
  }

  server.listen(port, host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    counts: () => ({ sockets: served.size, rooms: rooms.size }),
    sweep() {
      rooms.sweep()
      callers.sweep()
      for (const one of served.values()) one.sweep()
    },
    async close() {
      const closed = once(server, 'close')
      for (const socket of served.keys()) socket.terminate()
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function refuse(stream: Socket, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n`)
  stream.destroySoon()
}

const speaksOurs = ({ headers }: IncomingMessage) =>
  (headers['sec-websocket-protocol'] ?? '').split(',').some((one) => one.trim() === signalWire.protocol)
