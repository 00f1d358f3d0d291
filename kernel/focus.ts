import { labelOf } from '@palabre/sdk'
import { LogSink } from '@palabre/sdk/contract/log'
import { isSlot } from './label.ts'
import type { Plan } from './plan.ts'
import type { Unit } from './unit.ts'

/** For a kernel that is there for some plugins only: which others they make start. */
export interface Focus {
  /** These too; without a word, all. */
  widen(ids?: Iterable<string>): void
  /** The plan without those that nobody asked for, directly or through others. */
  narrow(plan: Plan): Plan
  /** These and all they make start. */
  closure(ids: Iterable<string>, plan: Plan): ReadonlySet<string>
}

const logSink = labelOf(LogSink)

/**
 * A plugin makes start whoever provides what it needs or can use, whoever stands at its slots, and whoever taps the hooks it calls:
 * a filter that was left out would let everything pass. Log sinks start always.
 */
export function createFocus(units: ReadonlyMap<string, Unit>): Focus {
  let asked: Set<string> | undefined = new Set()

  const closure = (ids: Iterable<string>, plan: Plan) => {
    const found = new Set([...ids].filter((id) => units.has(id)))
    const take = (more: Iterable<string>) => {
      for (const id of more) found.add(id)
    }
    const running = [...plan.runs].map((id) => units.get(id)!)
    const providersOf = (label: string) => {
      if (isSlot(label)) return running.filter(({ manifest }) => manifest.provides.includes(label)).map(({ id }) => id)
      const chosen = plan.providers.get(label)
      return chosen === undefined ? [] : [chosen]
    }
    take(providersOf(logSink))
    // It grows while it is read.
    for (const id of found) {
      const { needs, optional, hooks } = units.get(id)!.manifest
      for (const label of [...needs, ...optional]) take(providersOf(label))
      for (const hook of hooks.calls)
        take(running.filter(({ manifest }) => manifest.hooks.taps.includes(hook)).map((one) => one.id))
    }
    return found
  }

  return {
    closure,
    widen(ids) {
      if (ids === undefined) asked = undefined
      else for (const id of ids) asked?.add(id)
    },
    narrow(plan) {
      if (asked === undefined) return plan
      const needed = closure(asked, plan)
      const isNeeded = (id: string) => needed.has(id)
      return {
        ...plan,
        order: plan.order.filter(isNeeded),
        runs: new Set(plan.order.filter(isNeeded)),
        unneeded: new Set(plan.order.filter((id) => !isNeeded(id))),
      }
    },
  }
}
