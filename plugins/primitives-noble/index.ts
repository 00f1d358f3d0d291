import { definePlugin } from '@palabre/sdk'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { createNoblePrimitives } from './noble-primitives.ts'

export const plugin = definePlugin({
  provides: { primitives: Primitives },
  start: () => ({ primitives: createNoblePrimitives() }),
})
