import { definePlugin, optional } from '@palabre/sdk'
import { Commands } from '@palabre/sdk/contract/command'
import { Network } from '@palabre/sdk/contract/network'
import { Plugins } from '@palabre/sdk/contract/plugins'
import { SignalServer } from '@palabre/sdk/contract/signal-server'
import { createChosenRelays } from './chosen-relays.ts'
import { tellHealth } from './health.ts'
import { tellLink } from './own-link.ts'

export const plugin = definePlugin({
  needs: { plugins: Plugins, commands: Commands, network: optional(Network), signalServer: optional(SignalServer) },
  start({ plugins, commands, network, signalServer }, scope) {
    const chosen = createChosenRelays(plugins)
    scope.command<{ link: string }>('relay.add', ({ link }) => chosen.add(link))
    scope.command<{ relay: string }>('relay.remove', ({ relay }) => chosen.remove(relay))
    scope.command('relay.list', () => chosen.list())
    scope.command('relay.health', () => tellHealth(plugins, commands, network.current))
    scope.command('relay.link', (_args, { signal }) =>
      tellLink({ plugins, network: network.current, signalServer: signalServer.current, signal }),
    )
  },
})
