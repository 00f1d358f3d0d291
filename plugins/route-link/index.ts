import { definePlugin } from '@palabre/sdk'
import { Network } from '@palabre/sdk/contract/network'
import { Clock } from '@palabre/sdk/contract/clock'
import { Route } from '@palabre/sdk/contract/route'
import { createLinkRoute } from './link-route.ts'
import { createPolicies } from './policies.ts'

export const plugin = definePlugin({
  needs: { network: Network, clock: Clock },
  provides: { route: Route },
  start({ network, clock }, scope) {
    const policies = scope.use(createPolicies(network))
    return { route: createLinkRoute({ network, policies, clock, log: scope.log, signal: scope.signal }) }
  },
})
