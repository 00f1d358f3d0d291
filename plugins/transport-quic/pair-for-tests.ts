import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { pairOver } from '@palabre/sdk/conformance/transport-pair'

const beside = (id: string) => new URL(`../${id}`, import.meta.url).pathname

export const pairOverQuic = pairOver({
  plugins: [
    import.meta.dirname,
    beside('network-libp2p'),
    beside('overlay-memory-none'),
    beside('channel-noise'),
    beside('clock-system'),
  ],
  plugin: 'transport-quic',
  transport: 'quic',
  config: { 'transport-quic': { listen: ['/ip4/127.0.0.1/udp/0/quic-v1'], patience: 1_000 } },
  async around() {
    const silent = await listenSilently()
    const gone = await listenSilently()
    await gone.close()
    return { nobody: { address: gone.address, codes: ['unreachable'] }, silent: silent.address, close: silent.close }
  },
})

/** Takes every packet and answers none. */
async function listenSilently() {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    address: `/ip4/127.0.0.1/udp/${socket.address().port}/quic-v1`,
    async close() {
      socket.close()
      await once(socket, 'close')
    },
  }
}
