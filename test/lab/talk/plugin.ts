import { definePlugin } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Network } from '@palabre/sdk/contract/network'
import { listen, tell } from './talk.ts'

export const plugin = definePlugin({
  needs: { network: Network, clock: Clock },
  start({ network, clock }, scope) {
    scope.command('talk.listen', (_args, { signal }) => listen(network, signal))
    scope.command<{ peer: readonly string[]; every: number }>('talk.tell', (args, { signal }) => tell(network, clock, args, signal))
  },
})
