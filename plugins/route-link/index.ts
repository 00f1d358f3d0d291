import { definePlugin } from '@palabre/sdk'
import { MeetingPlace } from '@palabre/sdk/contract/meeting-place'
import { Network } from '@palabre/sdk/contract/network'
import { Clock } from '@palabre/sdk/contract/clock'
import { Route } from '@palabre/sdk/contract/route'
import { createLinkRoute } from './link-route.ts'
import { createPolicies } from './policies.ts'

export const plugin = definePlugin({
  needs: { network: Network, clock: Clock, places: MeetingPlace },
  provides: { route: Route },
  start({ network, clock, places }, scope) {
    const policies = scope.use(createPolicies(network))
    const sources = { network, policies, places, clock, log: scope.log, signal: scope.signal }
    const { route, placeCame } = createLinkRoute(sources)
    places.watch(placeCame)
    return { route }
  },
})
