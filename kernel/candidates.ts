import { isSlot, nameOf } from './label.ts'
import type { PlanBasis, Planned } from './plan-basis.ts'

/** Who could provide each token, before anybody is chosen. */
export interface Candidates {
  /** Plugins that nothing keeps out. */
  readonly able: readonly Planned[]
  /** By token, first choice first: the bound ones, or the only one there is. */
  readonly byLabel: ReadonlyMap<string, readonly string[]>
  /** Tokens that several provide while nothing says which to take. */
  readonly disputed: ReadonlyMap<string, readonly string[]>
  /** Plugins that can run when each of their needs is met by whichever candidate can. */
  readonly hopeful: ReadonlySet<string>
}

export function candidatesOf(basis: PlanBasis): Candidates {
  const able = basis.plugins.filter(({ out }) => out === undefined)
  const byLabel = new Map<string, readonly string[]>()
  const disputed = new Map<string, readonly string[]>()
  for (const [label, ids] of offersOf(able, basis.builtIn)) {
    const bound = basis.bindings.get(nameOf(label))
    if (bound === undefined && ids.size > 1) disputed.set(label, [...ids])
    // A binding is a promise: what it does not name never takes the place, not even alone.
    else byLabel.set(label, bound === undefined ? [...ids] : bound.filter((id) => ids.has(id)))
  }
  return { able, byLabel, disputed, hopeful: hopefulOf(able, byLabel, disputed, basis.builtIn) }
}

/** What a plugin cannot do without and must get from another. */
export function hardNeeds({ needs }: Planned, builtIn: ReadonlySet<string>): Set<string> {
  return new Set(needs.filter((label) => !isSlot(label) && !builtIn.has(label)))
}

export function rowOf<Item>(rows: Map<string, Item[]>, key: string): Item[] {
  const row = rows.get(key) ?? []
  if (row.length === 0) rows.set(key, row)
  return row
}

function offersOf(able: readonly Planned[], builtIn: ReadonlySet<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const offers = new Map<string, Set<string>>()
  for (const { id, provides } of able) {
    for (const label of provides) {
      if (isSlot(label) || builtIn.has(label)) continue
      offers.set(label, (offers.get(label) ?? new Set()).add(id))
    }
  }
  return offers
}

/** One pass from those who need nothing: whoever joins may meet the needs of others. */
function hopefulOf(
  able: readonly Planned[],
  byLabel: Candidates['byLabel'],
  disputed: Candidates['disputed'],
  builtIn: ReadonlySet<string>,
): Set<string> {
  const unmet = new Map<string, number>()
  const waiting = new Map<string, Planned[]>()
  const ready: Planned[] = []
  for (const plugin of able) {
    if (plugin.provides.some((label) => disputed.has(label) || builtIn.has(label))) continue
    const needs = hardNeeds(plugin, builtIn)
    unmet.set(plugin.id, needs.size)
    for (const label of needs) rowOf(waiting, label).push(plugin)
    if (needs.size === 0) ready.push(plugin)
  }

  const hopeful = new Set<string>()
  const met = new Set<string>()
  for (let plugin = ready.pop(); plugin !== undefined; plugin = ready.pop()) {
    const { id, provides } = plugin
    hopeful.add(id)
    for (const label of provides) {
      if (met.has(label) || byLabel.get(label)?.includes(id) !== true) continue
      met.add(label)
      for (const user of waiting.get(label) ?? []) {
        const left = unmet.get(user.id)! - 1
        unmet.set(user.id, left)
        if (left === 0) ready.push(user)
      }
    }
  }
  return hopeful
}
