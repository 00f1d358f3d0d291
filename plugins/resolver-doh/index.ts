import { definePlugin, settings } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Resolver } from '@palabre/sdk/contract/resolver'
import { doh } from './doh.ts'

interface Config {
  readonly servers: readonly string[]
  readonly timeout: number
}

export const plugin = definePlugin({
  needs: { clock: Clock },
  provides: { resolver: Resolver },
  config: settings<Config>(),
  start: ({ clock }, { config, signal }) => ({ resolver: doh({ ...config, clock, signal }) }),
})
