import { definePlugin, messageOf, settings } from '@palabre/sdk'
import { Commands } from '@palabre/sdk/contract/command'
import { Network } from '@palabre/sdk/contract/network'

export const plugin = definePlugin({
  needs: { commands: Commands, network: Network },
  config: settings<{ port: number }>(),
  async start({ commands, network }, scope) {
    const [{ createGauges }, { servePage }] = await Promise.all([import('./gauges.ts'), import('./metrics-page.ts')])
    try {
      const page = scope.use(await servePage(scope.config.port, createGauges(commands, network)))
      scope.log.info('metrics', { address: page.address })
    } catch (error) {
      // A relay does its work without; another one on this machine may have the port.
      scope.log.warn('no metrics', { reason: messageOf(error) })
    }
  },
})
