import type { GraphEdge, Holdings, PluginInfo, Why } from '@palabre/sdk/contract/plugins'
import { isSlot } from './label.ts'
import type { Plan } from './plan.ts'
import { isMadeForHere, stateOf, type Unit } from './unit.ts'

const nothing: Holdings = { taps: 0, timers: 0, commands: 0, services: 0, contributions: 0, others: 0 }

/** A copy to look at; nothing in it leads back to the kernel. */
export function infoOf(unit: Unit): PluginInfo {
  const { id, manifest, reason, fault } = unit
  return {
    id,
    version: manifest.version,
    title: manifest.title,
    hosts: manifest.hosts,
    state: stateOf(unit),
    ...(reason === undefined ? {} : { reason: reason.text }),
    ...(reason?.todo === undefined ? {} : { todo: reason.todo }),
    attempt: unit.attempt,
    ...(fault?.retryAt === undefined ? {} : { retryAt: fault.retryAt }),
    sees: manifest.sees,
    config: unit.config,
    configSchema: manifest.config,
    commands: manifest.commands,
    holds: unit.run?.lent.holds() ?? nothing,
    problems: [...unit.problems],
    times: { ...unit.times },
  }
}

export function graphOf(units: ReadonlyMap<string, Unit>, plan: Plan): GraphEdge[] {
  const edges: GraphEdge[] = []
  for (const { id: from, manifest } of units.values()) {
    for (const token of manifest.needs) {
      for (const to of providersOf(token, units, plan)) edges.push({ from, to, token, kind: isSlot(token) ? 'slot' : 'needs' })
    }
    for (const token of manifest.optional) {
      for (const to of providersOf(token, units, plan)) edges.push({ from, to, token, kind: 'optional' })
    }
  }
  return edges
}

export function whyOf(unit: Unit, units: ReadonlyMap<string, Unit>, plan: Plan): Why {
  const { needs, optional } = unit.manifest
  const hard = needs.filter((token) => !isSlot(token))
  return {
    plugin: infoOf(unit),
    needs: hard.map((token) => {
      const provider = providersOf(token, units, plan)[0]
      return {
        token,
        ...(provider === undefined ? {} : { provider }),
        running: provider === 'kernel' || units.get(provider ?? '')?.phase === 'running',
      }
    }),
    uses: [...needs.filter(isSlot), ...optional].map((token) => ({ token, providers: providersOf(token, units, plan) })),
    neededBy: [...dependentsOf(unit)].map(({ id }) => id),
    blockedBy: blockersOf(unit, units, plan),
  }
}

/** Who provides it now; for a token that nobody provides, who could. */
function providersOf(token: string, units: ReadonlyMap<string, Unit>, plan: Plan): string[] {
  if (plan.builtIn.has(token)) return ['kernel']
  const chosen = plan.providers.get(token)
  if (chosen !== undefined) return [chosen]
  const makers = [...units.values()].filter(({ manifest }) => manifest.provides.includes(token))
  const running = makers.filter(({ phase }) => phase === 'running')
  const forHere = makers.filter(isMadeForHere)
  return (isSlot(token) ? running : forHere.length > 0 ? forHere : makers).map(({ id }) => id)
}

/** Running plugins that stop with this one, directly or through others. */
function dependentsOf(unit: Unit): Set<Unit> {
  const found = new Set<Unit>()
  const left = [unit]
  for (let one = left.pop(); one !== undefined; one = left.pop()) {
    for (const user of one.run?.users ?? []) {
      if (found.has(user)) continue
      found.add(user)
      left.push(user)
    }
  }
  return found
}

/** From a blocked plugin along what it needs, to the one where the trouble starts. */
function blockersOf(unit: Unit, units: ReadonlyMap<string, Unit>, plan: Plan): string[] {
  const path: string[] = []
  let here = unit
  while (here.phase === 'idle' && stateOf(here) === 'blocked') {
    const next = here.manifest.needs
      .filter((token) => !isSlot(token))
      .flatMap((token) => providersOf(token, units, plan))
      .find((id) => id !== 'kernel' && !path.includes(id) && units.get(id)!.phase !== 'running')
    if (next === undefined) break
    path.push(next)
    here = units.get(next)!
  }
  return path
}
