import { createSocket } from 'node:dgram'
import { createServer, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { loopbackCertificate } from './loopback-certificate.ts'

/** TCP and TLS in front of a TURN server that speaks UDP alone, on the usual ports: each connection has a socket of its own there. */
export async function answerStreams(host: string): Promise<void> {
  const carry = (stream: Socket) => carryOverUdp(stream, host)
  const servers = [
    { server: createServer(carry), port: 3478 },
    { server: createTlsServer(loopbackCertificate, carry), port: 5349 },
  ]
  await Promise.all(servers.map(({ server, port }) => new Promise<void>((listening) => server.listen(port, host, listening))))
}

function carryOverUdp(stream: Socket, host: string): void {
  const udp = createSocket('udp4')
  let waiting = Buffer.alloc(0)
  udp.on('message', (bytes) => void stream.write(padded(bytes)))
  stream.on('data', (chunk) => {
    waiting = Buffer.concat([waiting, chunk])
    for (let end = endOfFirst(waiting); end !== undefined; end = endOfFirst(waiting)) {
      udp.send(waiting.subarray(0, end), 3478, host)
      waiting = waiting.subarray(end)
    }
  })
  stream.on('error', () => undefined).on('close', () => udp.close())
}

/** RFC 8656 §12.5: over a stream channel data fills up to a multiple of four. What STUN says does so by itself. */
const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)])

/** Where the first message ends: its head of 20 bytes, or of 4 for channel data, tells how long the rest is. */
function endOfFirst(bytes: Buffer): number | undefined {
  if (bytes.length < 4) return undefined
  const head = bytes[0]! >> 6 === 1 ? 4 : 20
  const end = head + bytes.readUInt16BE(2)
  const filled = end + (-end & 3)
  return filled > bytes.length ? undefined : filled
}
