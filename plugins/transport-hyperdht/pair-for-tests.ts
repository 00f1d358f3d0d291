import createTestnet from 'hyperdht/testnet.js'
import { pairOver } from '@palabre/sdk/conformance/transport-pair'

const beside = (id: string) => new URL(`../${id}`, import.meta.url).pathname

/** Two who meet at a table of their own on this machine. */
export async function pairAtTable() {
  const table = await createTestnet(6, { host: '127.0.0.1' })
  const bootstrap = table.bootstrap.map(({ host, port }) => `${host}:${port}`)
  const open = pairOver({
    plugins: [
      import.meta.dirname,
      beside('network-libp2p'),
      beside('overlay-memory-none'),
      beside('channel-noise'),
      beside('clock-system'),
    ],
    plugin: 'transport-hyperdht',
    transport: 'hyperdht',
    config: { 'transport-hyperdht': { bootstrap, host: '127.0.0.1' } },
    around: async () => ({
      nobody: { address: `/palabre/hyperdht.${Buffer.alloc(32, 7).toString('base64url')}`, codes: ['unreachable'] },
    }),
  })
  return { open, bootstrap, close: () => table.destroy() }
}
