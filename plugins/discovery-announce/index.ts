import { definePlugin, settings } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Discovery } from '@palabre/sdk/contract/discovery'
import type { PresenceSettings } from './presence.ts'

export const plugin = definePlugin({
  needs: { clock: Clock },
  provides: { discovery: Discovery },
  config: settings<PresenceSettings>(),
  async start({ clock }, { config, log }) {
    // Imported here, so that reading what plugins there are costs nothing.
    const { presence } = await import('./presence.ts')
    return { discovery: presence({ ...config, clock, log }) }
  },
})
