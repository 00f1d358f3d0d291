import { pairOver } from '@palabre/sdk/conformance/transport-pair'

const beside = (id: string) => new URL(`../${id}`, import.meta.url).pathname

export const pairInMemory = pairOver({
  plugins: [
    import.meta.dirname,
    beside('network-libp2p'),
    beside('overlay-memory-none'),
    beside('channel-noise'),
    beside('clock-system'),
  ],
  plugin: 'transport-memory',
  transport: 'memory',
  there: { 'transport-memory': { listen: ['/memory/there'] } },
  around: async () => ({ nobody: { address: '/memory/nobody', codes: ['unreachable'] } }),
})
