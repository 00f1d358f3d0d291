import { definePlugin } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Identity } from '@palabre/sdk/contract/identity'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { Suite } from '@palabre/sdk/contract/suite'
import { createRatchetSuite } from './ratchet-suite.ts'

export const plugin = definePlugin({
  needs: { identity: Identity, primitives: Primitives, clock: Clock },
  provides: { suite: Suite },
  start: (lent) => ({ suite: createRatchetSuite(lent) }),
})
