import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'

/**
 * Passes the WebSockets that come to the page's own address on to the relay. A browser that was told to trust the certificate of that
 * address trusts it there and nowhere else, and would refuse the relay's own port without a word.
 */
export function tunnelTo(relayPort: () => Promise<number>): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  return (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    relayPort().then(
      (port) => pass(port, request, socket, head),
      () => socket.destroy(),
    )
  }
}

function pass(port: number, { method, url, rawHeaders }: IncomingMessage, socket: Duplex, head: Buffer): void {
  const relay = connect(port, '127.0.0.1')
  const end = () => {
    relay.destroy()
    socket.destroy()
  }
  for (const one of [relay, socket]) one.on('error', end).on('close', end)
  const headers = rawHeaders.map((part, index) => (index % 2 === 0 ? `${part}: ` : `${part}\r\n`)).join('')
  // What was read with the request belongs to what follows.
  relay.write(`${method} ${url} HTTP/1.1\r\n${headers}\r\n`)
  relay.write(head)
  socket.pipe(relay).pipe(socket)
}
