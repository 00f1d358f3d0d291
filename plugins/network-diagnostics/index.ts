import { definePlugin } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Network } from '@palabre/sdk/contract/network'
import { natTest, type NatTestArgs } from './nat-test.ts'

export const plugin = definePlugin({
  needs: { network: Network, clock: Clock },
  start({ network, clock }, scope) {
    scope.command<NatTestArgs>('net.nat-test', (args, context) => natTest(network, clock, args, context))
  },
})
