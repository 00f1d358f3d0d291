import { definePlugin } from '@palabre/sdk'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { createNodePrimitives } from './node-primitives.ts'

export const plugin = definePlugin({
  provides: { primitives: Primitives },
  start: () => ({ primitives: createNodePrimitives() }),
})
