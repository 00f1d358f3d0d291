import { definePlugin, settings } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Nat } from '@palabre/sdk/contract/nat'

export const plugin = definePlugin({
  needs: { clock: Clock },
  provides: { nat: Nat },
  config: settings<{ lifetime: number; every: number }>(),
  async start({ clock }, { config, log }) {
    // Imported here, so that reading what plugins there are costs nothing.
    const { upnp } = await import('./upnp.ts')
    return { nat: upnp({ lifetime: config.lifetime, every: config.every * 1000, clock, log }) }
  },
})
