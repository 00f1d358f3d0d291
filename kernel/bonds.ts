import { isSlot } from './label.ts'
import type { Plan } from './plan.ts'
import type { Unit } from './unit.ts'

/** What ties plugins to each other under a plan. */
export interface Bonds {
  /** Who provides what it cannot do without, by token; only for plugins that the plan runs. */
  providersOf(unit: Unit, plan: Plan): ReadonlyMap<string, Unit>
  /** Tokens for which it stands. */
  bindsOf(unit: Unit, plan: Plan): ReadonlySet<string>
  /** Its providers, or what it stands for itself, are others now than when its run began. */
  isStale(unit: Unit, plan: Plan): boolean
  /** It and all that need it, directly or through others. */
  withDependents(unit: Unit, plan: Plan): ReadonlySet<Unit>
}

export function createBonds(units: ReadonlyMap<string, Unit>, builtIn: ReadonlySet<string>): Bonds {
  const isBond = (label: string) => !isSlot(label) && !builtIn.has(label)

  return {
    providersOf: ({ manifest }, plan) =>
      new Map(manifest.needs.filter(isBond).map((label) => [label, units.get(plan.providers.get(label)!)!])),
    bindsOf: ({ id, manifest }, plan) => new Set(manifest.provides.filter((label) => plan.providers.get(label) === id)),

    isStale({ id, manifest, run }, plan) {
      if (run === undefined) return false
      for (const [label, provider] of run.providers) if (plan.providers.get(label) !== provider.id) return true
      return manifest.provides.some((label) => (plan.providers.get(label) === id) !== run.binds.has(label))
    },

    withDependents(unit, plan) {
      const found = new Set([unit])
      for (const { id } of found) for (const user of plan.users.get(id) ?? []) found.add(units.get(user)!)
      return found
    },
  }
}
