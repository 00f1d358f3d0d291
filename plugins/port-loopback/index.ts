import { definePlugin, settings, text } from '@palabre/sdk'
import { Commands, reply } from '@palabre/sdk/contract/command'
import { createDoorKeys } from './door-keys.ts'
import { openLoopbackServer, type LoopbackSettings } from './loopback-server.ts'

export const plugin = definePlugin({
  needs: { commands: Commands },
  config: settings<LoopbackSettings>(),
  async start({ commands }, scope) {
    const { config, log, after } = scope
    const keys = createDoorKeys()
    const { origin } = scope.use(
      await openLoopbackServer({ settings: config, commands, keys, log, after, user: process.getuid?.() }),
    )
    scope.command('port.address', () => {
      const address = `${origin}/#token=${keys.mint()}`
      return reply({ address }, text(`${address} (opens once)`, `${address} (ne s’ouvre qu’une fois)`))
    })
  },
})
