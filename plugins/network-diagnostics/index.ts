import { definePlugin, optional, PalabreError, text } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Ice } from '@palabre/sdk/contract/ice'
import { Network } from '@palabre/sdk/contract/network'
import { Resolver } from '@palabre/sdk/contract/resolver'
import { Transport } from '@palabre/sdk/contract/transport'
import type { DemoArgs } from './demo-webrtc.ts'
import type { DiagnosticsArgs } from './diagnostics.ts'
import { natTest, type NatTestArgs } from './nat-test.ts'
import { swallow, throughputProtocol } from './throughput.ts'

export const plugin = definePlugin({
  needs: { network: Network, clock: Clock, transports: Transport, resolvers: Resolver, ice: optional(Ice) },
  start({ network, clock, transports, resolvers, ice }, scope) {
    const parts = { network, transports, resolvers, ice }
    scope.use(network.protocol(throughputProtocol, swallow))
    scope.command<NatTestArgs>('net.nat-test', (args, context) => natTest(network, clock, args, context))
    scope.command<DiagnosticsArgs>('net.diagnostics', async function* (args, context) {
      const { diagnostics } = await import('./diagnostics.ts')
      yield* diagnostics(parts, args, context)
    })
    scope.command('net.selftest', async function* (_args, context) {
      const { selftest } = await import('./selftest.ts')
      yield* selftest(parts, context)
    })
    scope.command<DemoArgs>('net.demo.webrtc', async function* (args, context) {
      if (ice.current === undefined) throw webrtcIsOff()
      const { demoWebrtc } = await import('./demo-webrtc.ts')
      yield* demoWebrtc(ice.current, clock, args, context)
    })
  },
})

function webrtcIsOff(): PalabreError {
  return new PalabreError('switched-off', text('transport-webrtc is switched off', 'transport-webrtc est désactivé'), {
    todo: text('Switch it on: palabre plugins enable transport-webrtc', 'Activez-le : palabre plugins enable transport-webrtc'),
  })
}
