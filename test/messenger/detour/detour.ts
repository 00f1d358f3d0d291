import { definePlugin, settings } from '@palabre/sdk'
import { Transport } from '@palabre/sdk/contract/transport'

/** The TCP of the house, led astray: whoever is called on a port is reached through the port that stands in its way. */
export const plugin = definePlugin({
  provides: { transport: Transport },
  config: settings<{ ways: Readonly<Record<string, number>> }>(),
  async start(_needs, scope) {
    const [{ createTcp }, { multiaddr }] = await Promise.all([
      import('@palabre/transport-tcp/tcp-transport'),
      import('@multiformats/multiaddr'),
    ])
    const create: Transport['create'] = (components, names) => {
      const tcp = createTcp(components, names)
      const dial = tcp.dial.bind(tcp)
      tcp.dial = (address, options) => {
        const other = address.toString().replace(/\/tcp\/(\d+)/, (_all, port: string) => `/tcp/${scope.config.ways[port] ?? port}`)
        return dial(multiaddr(other), options)
      }
      return tcp
    }
    return { transport: { name: 'tcp', create, listen: ['/ip4/127.0.0.1/tcp/0'], makes: 'direct' as const, rank: 20 } }
  },
})
