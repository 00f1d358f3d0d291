import { definePlugin, settings } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Discovery } from '@palabre/sdk/contract/discovery'
import { Resolver } from '@palabre/sdk/contract/resolver'
import { bootstrap } from './bootstrap.ts'

interface Config {
  readonly nodes: readonly string[]
  readonly seeds: readonly string[]
  readonly every: number
}

export const plugin = definePlugin({
  needs: { clock: Clock, resolvers: Resolver },
  provides: { discovery: Discovery },
  config: settings<Config>(),
  start: ({ clock, resolvers }, { config: { nodes, seeds, every }, log }) => ({
    discovery: bootstrap({ nodes, seeds, every: every * 1000, clock, log, resolvers: () => [...resolvers] }),
  }),
})
