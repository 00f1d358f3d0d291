import { definePlugin, settings } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Discovery } from '@palabre/sdk/contract/discovery'
import { peerCommands } from './commands.ts'
import { namedPeers } from './named-peers.ts'

interface Config {
  readonly peers: readonly string[]
  readonly every: number
}

export const plugin = definePlugin({
  needs: { clock: Clock },
  provides: { discovery: Discovery },
  config: settings<Config>(),
  start({ clock }, scope) {
    const named = namedPeers(scope.config.peers, scope.config.every * 1000, clock)
    scope.onConfig(({ peers, every }) => named.change(peers, every * 1000))
    const commands = peerCommands(named)
    scope.command<{ address: readonly string[] }>('net.add-peer', commands.add)
    scope.command<{ peer: string }>('net.remove-peer', commands.remove)
    scope.command('net.named-peers', commands.list)
    return { discovery: named.discovery }
  },
})
