import { PalabreError, text } from '@palabre/sdk'
import { candidatesOf, hardNeeds, rowOf, type Candidates } from './candidates.ts'
import { isSlot } from './label.ts'
import type { PlanBasis, Planned } from './plan-basis.ts'
import { createExplainer, cyclic, reserved, waitsFor, type CycleStep } from './plan-errors.ts'

export interface Plan {
  /** Plugins to run, providers before users. */
  readonly order: readonly string[]
  readonly runs: ReadonlySet<string>
  /** Plugins that could run and that nothing asks for now. */
  readonly unneeded: ReadonlySet<string>
  /** Why each of the others that are not simply out does not run. */
  readonly blocked: ReadonlyMap<string, PalabreError>
  /** Plugins that could provide what another is chosen to provide. */
  readonly standby: ReadonlyMap<string, string>
  /** Who provides each token. */
  readonly providers: ReadonlyMap<string, string>
  /** Who needs what a plugin provides: its hard dependents. */
  readonly users: ReadonlyMap<string, readonly string[]>
  /** Tokens that need no plugin. */
  readonly builtIn: ReadonlySet<string>
  /** Plugins in a cycle or an ambiguity: the faults that switching something on can cause. */
  readonly conflicts: ReadonlySet<string>
}

/** Who provides what, who is blocked and why, and an order; a bound provider that cannot run gives way to the next one bound. */
export function makePlan(basis: PlanBasis): Plan {
  const candidates = candidatesOf(basis)
  const passedOver = new Set<string>()
  while (true) {
    const plan = planOnce(basis, candidates, passedOver)
    const inCircles = replaceableInCircles(plan, candidates, passedOver)
    if (inCircles === undefined) return plan
    passedOver.add(inCircles)
  }
}

/** First choices may need each other in a circle that a second choice breaks. */
function replaceableInCircles({ providers, conflicts }: Plan, { byLabel, hopeful }: Candidates, passedOver: ReadonlySet<string>) {
  if (conflicts.size === 0) return undefined
  const isFree = (id: string) => hopeful.has(id) && !passedOver.has(id)
  for (const [label, id] of providers) {
    if (conflicts.has(id) && isFree(id) && byLabel.get(label)!.some((other) => other !== id && isFree(other))) return id
  }
  return undefined
}

/** One pass over plugins and needs. */
function planOnce(basis: PlanBasis, candidates: Candidates, passedOver: ReadonlySet<string>): Plan {
  const { builtIn } = basis
  const providers = chooseProviders(candidates, passedOver)
  const standby = standingBy(candidates, providers)
  const why = createExplainer(basis, candidates.disputed)

  const blocked = new Map<string, PalabreError>()
  const conflicts = new Set<string>()
  const users = new Map<string, string[]>()
  const waiting = new Map<string, number>()
  const starters = candidates.able.filter(({ id }) => !standby.has(id))

  for (const plugin of starters) {
    const { id, provides } = plugin
    const dispute = provides.find((label) => candidates.disputed.has(label))
    const taken = provides.find((label) => builtIn.has(label))
    if (dispute !== undefined) {
      blocked.set(id, why.disputed(dispute))
      conflicts.add(id)
    } else if (taken !== undefined) blocked.set(id, reserved(taken, id))

    const needs = hardNeeds(plugin, builtIn)
    for (const label of needs) {
      const provider = providers.get(label)
      if (provider !== undefined) rowOf(users, provider).push(id)
      else if (!blocked.has(id)) blocked.set(id, why.missing(label, id))
    }
    waiting.set(id, needs.size)
  }

  // It grows while it is read: who has all its providers comes next.
  const order = starters.filter(({ id }) => waiting.get(id) === 0 && !blocked.has(id)).map(({ id }) => id)
  for (const id of order) {
    for (const user of users.get(id) ?? []) {
      const left = waiting.get(user)! - 1
      waiting.set(user, left)
      if (left === 0 && !blocked.has(user)) order.push(user)
    }
  }

  const runs = new Set(order)
  blockTheRest(starters, providers, builtIn, runs, blocked, conflicts, users)
  return { order, runs, unneeded: new Set(), blocked, standby, providers, users, builtIn, conflicts }
}

function chooseProviders({ byLabel, hopeful }: Candidates, passedOver: ReadonlySet<string>): Map<string, string> {
  const providers = new Map<string, string>()
  for (const [label, ids] of byLabel) {
    // Where nobody can run, the first choice stands, so that the reason told is its own.
    const chosen = ids.find((id) => hopeful.has(id) && !passedOver.has(id)) ?? ids[0]
    if (chosen !== undefined) providers.set(label, chosen)
  }
  return providers
}

/** Plugins that could run, all of whose tokens another one provides, and that do nothing else. */
function standingBy({ able, hopeful }: Candidates, providers: ReadonlyMap<string, string>): Map<string, string> {
  const standby = new Map<string, string>()
  for (const { id, provides, busy } of able) {
    const first = provides[0]
    if (busy || first === undefined || !hopeful.has(id)) continue
    if (provides.every((label) => !isSlot(label) && providers.has(label) && providers.get(label) !== id))
      standby.set(id, providers.get(first)!)
  }
  return standby
}

/** What is left over waits for something blocked, or goes round in circles. */
function blockTheRest(
  starters: readonly Planned[],
  providers: ReadonlyMap<string, string>,
  builtIn: ReadonlySet<string>,
  runs: ReadonlySet<string>,
  blocked: Map<string, PalabreError>,
  conflicts: Set<string>,
  users: ReadonlyMap<string, readonly string[]>,
): void {
  const spread = (from: string) => {
    const root = blocked.get(from)!
    const left = [from]
    for (let id = left.pop(); id !== undefined; id = left.pop()) {
      for (const user of users.get(id) ?? []) {
        if (blocked.has(user) || runs.has(user)) continue
        blocked.set(user, waitsFor(user, id, root))
        left.push(user)
      }
    }
  }
  for (const id of [...blocked.keys()]) spread(id)

  const byId = new Map(starters.map((plugin) => [plugin.id, plugin]))
  const next = (id: string): CycleStep | undefined => {
    const label = hardNeeds(byId.get(id)!, builtIn)
      .values()
      .find((need) => isLeft(providers.get(need)))
    return label === undefined ? undefined : { user: id, label, provider: providers.get(label)! }
  }
  const isLeft = (id: string | undefined) => id !== undefined && !runs.has(id) && !blocked.has(id)

  for (const { id } of starters) {
    if (!isLeft(id)) continue
    const cycle = walkInCircles(id, next)
    const reason = cyclic(cycle)
    for (const { user } of cycle) {
      blocked.set(user, reason)
      conflicts.add(user)
    }
    for (const { user } of cycle) spread(user)
  }
}

/** From anything left over, following needs never ends: the first plugin met twice begins the cycle. */
function walkInCircles(start: string, next: (id: string) => CycleStep | undefined): CycleStep[] {
  const path: CycleStep[] = []
  const seenAt = new Map<string, number>()
  let id = start
  while (!seenAt.has(id)) {
    const step = next(id)
    if (step === undefined)
      throw new PalabreError('internal', text(`the plan lost its way at ${id}`, `le plan s’est égaré en ${id}`))
    seenAt.set(id, path.length)
    path.push(step)
    id = step.provider
  }
  return path.slice(seenAt.get(id))
}
