import { definePlugin } from '@palabre/sdk'
import { reply } from '@palabre/sdk/contract/command'
import { Plugins } from '@palabre/sdk/contract/plugins'
import { changesOf } from './changes.ts'
import { follow } from './follow.ts'
import { configText, flowText, graphText, listText, profileText, switchedText, whyText } from './tell.ts'

export const plugin = definePlugin({
  needs: { plugins: Plugins },
  start({ plugins }, scope) {
    scope.command<{ state?: string }>('plugins.list', ({ state }) => {
      const list = plugins.list().filter((one) => state === undefined || one.state === state)
      return reply(list, listText(list, scope.host))
    })
    scope.command<{ plugin?: string }>('plugins.graph', ({ plugin: id }) => {
      if (id !== undefined) plugins.why(id)
      const edges = plugins.graph().filter(({ from, to }) => id === undefined || from === id || to === id)
      return reply(edges, graphText(edges))
    })
    scope.command<{ plugin: string }>('plugins.why', ({ plugin: id }) => {
      const why = plugins.why(id)
      return reply(why, whyText(why))
    })
    scope.command('plugins.flow', () => {
      const flow = plugins.flow()
      return reply(flow, flowText(flow))
    })
    scope.command('plugins.profile', () => {
      const rows = plugins.list().map(({ id, state, times }) => ({ id, state, ...times, total: times.import + times.start }))
      const slowestFirst = rows.filter(({ total }) => total > 0).toSorted((a, b) => b.total - a.total)
      return reply(slowestFirst, profileText(slowestFirst))
    })
    scope.command<{ plugin: string }>('plugins.enable', async ({ plugin: id }) => {
      const now = await plugins.enable(id)
      return reply(now, switchedText(now, []))
    })
    scope.command<{ plugin: string }>('plugins.disable', async ({ plugin: id }) => {
      const { neededBy } = plugins.why(id)
      const now = await plugins.disable(id)
      return reply(now, switchedText(now, neededBy))
    })
    scope.command<{ plugin: string; changes: string[]; set: object }>('plugins.config', async ({ plugin: id, changes, set }) => {
      const { plugin: before } = plugins.why(id)
      const change = { ...set, ...changesOf(changes, { ...(before.config as object), ...set }, before.configSchema) }
      const now = Object.keys(change).length === 0 ? before : await plugins.configure(id, change)
      return reply(now.config, configText(now))
    })
    scope.command('plugins.watch', (_args, { signal }) => follow(plugins, signal))
  },
})
