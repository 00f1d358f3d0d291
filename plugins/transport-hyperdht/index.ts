import { definePlugin, settings } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Transport } from '@palabre/sdk/contract/transport'
import { faults } from './faults.ts'
import type { HyperdhtSettings } from './hyperdht-transport.ts'

export const plugin = definePlugin({
  needs: { clock: Clock },
  provides: { transport: Transport },
  config: settings<HyperdhtSettings & { readonly listen: boolean }>(),
  async start({ clock }, { config }) {
    if (config.bootstrap.length === 0) throw faults.noBootstrap()
    // Imported here, so that reading what plugins there are costs nothing.
    const { anywhere, hyperdht } = await import('./hyperdht-transport.ts').catch((cause: unknown) => {
      throw faults.noNativePart(cause)
    })
    return {
      transport: {
        name: 'hyperdht',
        create: hyperdht(config, clock),
        listen: config.listen ? [anywhere] : [],
        makes: 'direct',
        rank: 40,
      },
    }
  },
})
