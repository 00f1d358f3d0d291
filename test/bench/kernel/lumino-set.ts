import { PluginRegistry, Token } from '@lumino/coreutils'
import { nameOf } from './our-set.ts'
import type { SyntheticSet } from './synthetic-plugins.ts'

/** The same set in Lumino's registry, which checks nothing but cycles and lends a plugin nothing but services. Returns milliseconds. */
export async function startLumino({ needs, order }: SyntheticSet): Promise<{ registry: PluginRegistry; took: number }> {
  const began = performance.now()
  const tokens = needs.map((_, i) => new Token<object>(`service-${i}`))
  const registry = new PluginRegistry<object>()
  registry.application = {}
  registry.registerPlugins(
    order.map((i) => ({
      id: nameOf(i),
      autoStart: true,
      requires: needs[i]!.map((provider) => tokens[provider]!),
      provides: tokens[i]!,
      activate: () => ({ i }),
      deactivate: () => undefined,
    })),
  )
  await registry.activatePlugins('startUp')
  const took = performance.now() - began

  const idle = order.filter((i) => !registry.isPluginActivated(nameOf(i))).length
  if (idle > 0) throw new Error(`${idle} of ${order.length} plugins are not active in Lumino`)
  return { registry, took }
}
