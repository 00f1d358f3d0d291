import { definePlugin } from '@palabre/sdk'
import { Network } from '@palabre/sdk/contract/network'
import { Clock } from '@palabre/sdk/contract/clock'
import { Route } from '@palabre/sdk/contract/route'
import { createLinkRoute } from './link-route.ts'

export const plugin = definePlugin({
  needs: { network: Network, clock: Clock },
  provides: { route: Route },
  start: ({ network, clock }, scope) => ({ route: createLinkRoute({ network, clock, log: scope.log, signal: scope.signal }) }),
})
