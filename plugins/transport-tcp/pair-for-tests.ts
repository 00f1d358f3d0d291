import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { pairOver } from '@palabre/sdk/conformance/transport-pair'

const beside = (id: string) => new URL(`../${id}`, import.meta.url).pathname

export const pairOverTcp = pairOver({
  plugins: [
    import.meta.dirname,
    beside('network-libp2p'),
    beside('overlay-memory-none'),
    beside('channel-noise'),
    beside('clock-system'),
  ],
  plugin: 'transport-tcp',
  transport: 'tcp',
  config: { 'transport-tcp': { listen: ['/ip4/127.0.0.1/tcp/0'] } },
  async around() {
    const silent = await listenSilently()
    const gone = await listenSilently()
    await gone.close()
    return { nobody: { address: gone.address, codes: ['unreachable'] }, silent: silent.address, close: silent.close }
  },
})

/** Takes calls and never says a word. */
async function listenSilently() {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => void sockets.add(socket.on('error', () => undefined))).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `/ip4/127.0.0.1/tcp/${(server.address() as AddressInfo).port}`,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
