import { definePlugin, optional } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Ice } from '@palabre/sdk/contract/ice'
import { Network } from '@palabre/sdk/contract/network'
import { Resolver } from '@palabre/sdk/contract/resolver'
import { Transport } from '@palabre/sdk/contract/transport'
import type { DiagnosticsArgs } from './diagnostics.ts'
import type { NatTestArgs } from './nat-test.ts'
import { swallow, throughputProtocol } from './throughput.ts'

export const plugin = definePlugin({
  needs: { network: Network, clock: Clock, transports: Transport, resolvers: Resolver, ice: optional(Ice) },
  start({ network, clock, transports, resolvers, ice }, scope) {
    const parts = { network, transports, resolvers, ice }
    scope.use(network.protocol(throughputProtocol, swallow))
    scope.command<NatTestArgs>('net.nat-test', async function* (args, context) {
      const { natTest } = await import('./nat-test.ts')
      yield* natTest(network, clock, args, context)
    })
    scope.command<DiagnosticsArgs>('net.diagnostics', async function* (args, context) {
      const { diagnostics } = await import('./diagnostics.ts')
      yield* diagnostics(parts, args, context)
    })
    scope.command('net.selftest', async function* (_args, context) {
      const { selftest } = await import('./selftest.ts')
      yield* selftest(parts, context)
    })
  },
})
