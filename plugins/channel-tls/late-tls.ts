import type { Channel } from '@palabre/sdk/contract/channel'

/** Where both ends speak Noise nobody needs TLS, and what makes its certificates takes 8 MB: it is loaded for the first hop that does. */
export const lateTls: Channel['create'] = (components) => {
  let tls: Promise<ReturnType<Channel['create']>> | undefined
  const loaded = () => (tls ??= import('@libp2p/tls').then((library) => library.tls()(components)))
  return {
    protocol: '/tls/1.0.0',
    secureInbound: async (connection, options) => (await loaded()).secureInbound(connection, options),
    secureOutbound: async (connection, options) => (await loaded()).secureOutbound(connection, options),
  }
}
