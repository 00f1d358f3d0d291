import type { PlanBasis, Planned } from '@palabre/kernel/inside'

/** What a plan must come to, written so that it can be read and not so that it is fast. */
export interface Twin {
  readonly runs: ReadonlySet<string>
  readonly standby: ReadonlySet<string>
  readonly providers: ReadonlyMap<string, string>
  /** First choices need each other in a circle: then a second choice may step in, and this twin does not say which. */
  readonly goesInCircles: boolean
}

export function slowPlan(basis: PlanBasis): Twin {
  const able = basis.plugins.filter(({ out }) => out === undefined)
  const labels = [...new Set(able.flatMap(({ provides }) => provides))].filter(
    (label) => !label.endsWith('[]') && !basis.builtIn.has(label),
  )
  const makers = (label: string) => able.filter(({ provides }) => provides.includes(label)).map(({ id }) => id)
  const bound = (label: string) => basis.bindings.get(label.split('@')[0]!)
  const candidates = (label: string) => {
    const all = makers(label)
    return bound(label)?.filter((id) => all.includes(id)) ?? (all.length === 1 ? all : [])
  }
  const disputed = labels.filter((label) => bound(label) === undefined && makers(label).length > 1)
  const isAtOdds = ({ provides }: Planned) => provides.some((label) => disputed.includes(label) || basis.builtIn.has(label))
  const hard = ({ needs }: Planned) => needs.filter((label) => !label.endsWith('[]') && !basis.builtIn.has(label))

  const hopeful = grow(
    able,
    (plugin, so) => !isAtOdds(plugin) && hard(plugin).every((label) => candidates(label).some((id) => so.has(id))),
  )
  const providers = new Map<string, string>()
  for (const label of labels) {
    const chosen = candidates(label).find((id) => hopeful.has(id)) ?? candidates(label)[0]
    if (chosen !== undefined) providers.set(label, chosen)
  }
  const isSpare = ({ id, provides, busy }: Planned) =>
    !busy &&
    hopeful.has(id) &&
    provides.length > 0 &&
    provides.every((label) => providers.has(label) && providers.get(label) !== id)
  const standby = able.filter(isSpare)
  const runs = grow(
    able.filter((plugin) => !standby.includes(plugin)),
    (plugin, so) => !isAtOdds(plugin) && hard(plugin).every((label) => so.has(providers.get(label) ?? '')),
  )
  const goesInCircles = able.some((plugin) => hopeful.has(plugin.id) && !runs.has(plugin.id) && !standby.includes(plugin))
  return { runs, standby: new Set(standby.map(({ id }) => id)), providers, goesInCircles }
}

/** Adds whoever the rule lets in, until nobody new comes. */
function grow(plugins: readonly Planned[], mayJoin: (plugin: Planned, so: ReadonlySet<string>) => boolean): Set<string> {
  const joined = new Set<string>()
  while (true) {
    const next = plugins.filter((plugin) => !joined.has(plugin.id) && mayJoin(plugin, joined))
    if (next.length === 0) return joined
    for (const { id } of next) joined.add(id)
  }
}
