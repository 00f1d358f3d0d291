import { definePlugin } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Network } from '@palabre/sdk/contract/network'
import { netCommands, type PeerArgs, type PingArgs } from './commands.ts'

export const plugin = definePlugin({
  needs: { network: Network, clock: Clock },
  start({ network, clock }, scope) {
    const net = netCommands(network, clock)
    scope.command('net.info', net.info)
    scope.command('net.network-info', net.info)
    scope.command('net.list-peers', net.listPeers)
    scope.command<PeerArgs>('net.connect', net.connect)
    scope.command<{ peer: string }>('net.disconnect', net.disconnect)
    scope.command<PingArgs>('net.ping', net.ping)
    scope.command<{ seconds: number }>('net.start-discovery', net.startDiscovery)
    scope.command('net.watch', net.watch)
    scope.command('net.rotate', net.rotate)
  },
})
