// A TURN server in a process of its own: what it leaves running ends with it. Says so when it is there.
import Turn from 'node-turn'
import { answerStreams } from './turn-over-streams.ts'
import { carriedFrom } from './turn-server.ts'

const [, , host = '127.0.0.1', username = '', credential = ''] = process.argv
const server = new Turn({
  listeningIps: [host],
  relayIps: [host],
  authMech: 'long-term',
  realm: 'palabre.test',
  credentials: { [username]: credential },
  minPort: carriedFrom.lowest,
  maxPort: carriedFrom.highest,
  debugLevel: 'OFF',
})
server.start()

// The library hands channel data (RFC 8656 §12) to its clients, and reads none of theirs.
for (const socket of server.network.sockets) {
  socket.on('message', (bytes, { address, port }) => {
    if (bytes.length < 4 || bytes[0]! >> 6 !== 1) return
    const allocation = server.allocations[`UDP://${address}:${port}>${host}:3478`]
    const peer = allocation?.channelBindings[bytes.readUInt16BE(0)]
    if (peer !== undefined) allocation!.sockets[0]!.send(bytes.subarray(4, 4 + bytes.readUInt16BE(2)), peer.port, peer.address)
  })
}
await answerStreams(host)
process.stdout.write('there\n')
