import { PalabreError, text } from '@palabre/sdk'
import { ambiguous, boundElsewhere, cyclic, missing, waitsFor, type CycleStep } from './plan-errors.ts'

/** What the plan must know of a plugin; nothing of its code. */
export interface Planned {
  readonly id: string
  /** Tokens and slots as manifests write them: `clock@1`, `log-sink@1[]`. */
  readonly needs: readonly string[]
  readonly provides: readonly string[]
  /** True when it also does something that no token stands for: commands, taps. Such a plugin never stands by. */
  readonly busy: boolean
  /** Why it must not run now (switched off, failed); undefined when it may. */
  readonly out: PalabreError | undefined
}

export interface Plan {
  /** Plugins to run, providers before users. */
  readonly order: readonly string[]
  readonly runs: ReadonlySet<string>
  /** Why each of the others that are not simply out does not run. */
  readonly blocked: ReadonlyMap<string, PalabreError>
  /** Plugins that could provide what another is chosen to provide. */
  readonly standby: ReadonlyMap<string, string>
  /** Who provides each token. */
  readonly providers: ReadonlyMap<string, string>
  /** Who needs what a plugin provides: its hard dependents. */
  readonly users: ReadonlyMap<string, readonly string[]>
  /** Plugins in a cycle or an ambiguity: the faults that switching something on can cause. */
  readonly conflicts: ReadonlySet<string>
}

export interface PlanBasis {
  readonly plugins: readonly Planned[]
  /** By name without major: who may provide it, first choice first. */
  readonly bindings: ReadonlyMap<string, readonly string[]>
  /** Tokens that the kernel itself provides. */
  readonly builtIn: ReadonlySet<string>
}

/** Who provides what, who is blocked and why, and an order; a bound provider that is blocked gives way to the next one bound. */
export function makePlan(basis: PlanBasis): Plan {
  const passedOver = new Set<string>()
  while (true) {
    const plan = planOnce(basis, passedOver)
    const before = passedOver.size
    for (const [label, id] of plan.providers) {
      const others = basis.bindings.get(nameOf(label))?.slice(1) ?? []
      if (plan.blocked.has(id) && others.length > 0) passedOver.add(id)
    }
    if (passedOver.size === before) return plan
  }
}

/** One pass over plugins and needs. */
function planOnce(basis: PlanBasis, passedOver: ReadonlySet<string>): Plan {
  const able = basis.plugins.filter(({ out }) => out === undefined)
  const offers = offersOf(able)
  const { providers, disputed } = chooseProviders(offers, basis.bindings, passedOver)
  const standby = standingBy(able, providers)

  const blocked = new Map<string, PalabreError>()
  const conflicts = new Set<string>()
  const users = new Map<string, string[]>()
  const waiting = new Map<string, number>()
  const candidates = able.filter(({ id }) => !standby.has(id))

  for (const plugin of candidates) {
    const dispute = plugin.provides.find((label) => disputed.has(label))
    if (dispute !== undefined) {
      blocked.set(plugin.id, ambiguous(dispute, disputed.get(dispute)!))
      conflicts.add(plugin.id)
    }
    let open = 0
    for (const label of plugin.needs) {
      if (isSlot(label) || basis.builtIn.has(label)) continue
      const provider = providers.get(label)
      if (provider === undefined) {
        if (!blocked.has(plugin.id)) blocked.set(plugin.id, whyMissing(label, plugin.id, basis, disputed))
        continue
      }
      const row = users.get(provider)
      if (row === undefined) users.set(provider, [plugin.id])
      else row.push(plugin.id)
      open++
    }
    waiting.set(plugin.id, open)
  }

  const order: string[] = []
  const ready = candidates.filter(({ id }) => waiting.get(id) === 0 && !blocked.has(id)).map(({ id }) => id)
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    order.push(id)
    for (const user of users.get(id) ?? []) {
      const left = waiting.get(user)! - 1
      waiting.set(user, left)
      if (left === 0 && !blocked.has(user)) ready.push(user)
    }
  }

  const runs = new Set(order)
  blockTheRest(candidates, providers, basis.builtIn, runs, blocked, conflicts, users)
  return { order, runs, blocked, standby, providers, users, conflicts }
}

export function isSlot(label: string): boolean {
  return label.endsWith('[]')
}

type Offers = ReadonlyMap<string, readonly string[]>

function offersOf(able: readonly Planned[]): Offers {
  const offers = new Map<string, string[]>()
  for (const { id, provides } of able) {
    for (const label of provides) {
      if (isSlot(label)) continue
      const row = offers.get(label)
      if (row === undefined) offers.set(label, [id])
      else row.push(id)
    }
  }
  return offers
}

function chooseProviders(offers: Offers, bindings: PlanBasis['bindings'], passedOver: ReadonlySet<string>) {
  const providers = new Map<string, string>()
  const disputed = new Map<string, readonly string[]>()
  for (const [label, ids] of offers) {
    const bound = bindings.get(nameOf(label))
    // A binding is a promise: what it does not name never takes the place, not even alone.
    const chosen =
      bound === undefined ? (ids.length === 1 ? ids[0] : undefined) : bound.find((id) => ids.includes(id) && !passedOver.has(id))
    if (chosen !== undefined) providers.set(label, chosen)
    else if (bound === undefined) disputed.set(label, ids)
  }
  return { providers, disputed }
}

/** Plugins all of whose tokens another one provides, and that do nothing else. */
function standingBy(able: readonly Planned[], providers: ReadonlyMap<string, string>): Map<string, string> {
  const standby = new Map<string, string>()
  for (const { id, provides, busy } of able) {
    const first = provides[0]
    if (busy || first === undefined) continue
    if (provides.every((label) => !isSlot(label) && providers.has(label) && providers.get(label) !== id))
      standby.set(id, providers.get(first)!)
  }
  return standby
}

function whyMissing(label: string, user: string, basis: PlanBasis, disputed: ReadonlyMap<string, readonly string[]>): PalabreError {
  const dispute = disputed.get(label)
  if (dispute !== undefined) return ambiguous(label, dispute)
  const bound = basis.bindings.get(nameOf(label))
  const makers = basis.plugins.filter(({ provides }) => provides.includes(label))
  if (bound !== undefined && !makers.some(({ id }) => bound.includes(id) && id !== user)) return boundElsewhere(label, user, bound)
  return missing(
    label,
    user,
    makers.map(({ id, out }) => ({ id, out })),
    new Set(basis.plugins.flatMap(({ provides }) => provides)),
  )
}

/** What is left over waits for something blocked, or goes round in circles. */
function blockTheRest(
  candidates: readonly Planned[],
  providers: ReadonlyMap<string, string>,
  builtIn: ReadonlySet<string>,
  runs: ReadonlySet<string>,
  blocked: Map<string, PalabreError>,
  conflicts: Set<string>,
  users: ReadonlyMap<string, readonly string[]>,
): void {
  const spread = (from: string) => {
    const left = [from]
    for (let id = left.pop(); id !== undefined; id = left.pop()) {
      for (const user of users.get(id) ?? []) {
        if (blocked.has(user) || runs.has(user)) continue
        blocked.set(user, waitsFor(user, id, blocked.get(id)!))
        left.push(user)
      }
    }
  }
  for (const id of [...blocked.keys()]) spread(id)

  const byId = new Map(candidates.map((plugin) => [plugin.id, plugin]))
  const next = (id: string): CycleStep | undefined => {
    const label = byId.get(id)!.needs.find((need) => !isSlot(need) && !builtIn.has(need) && isLeft(providers.get(need)))
    return label === undefined ? undefined : { user: id, label, provider: providers.get(label)! }
  }
  const isLeft = (id: string | undefined) => id !== undefined && !runs.has(id) && !blocked.has(id)

  for (const { id } of candidates) {
    if (!isLeft(id)) continue
    const cycle = walkInCircles(id, next)
    for (const { user } of cycle) {
      blocked.set(user, cyclic(cycle))
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

function nameOf(label: string): string {
  return label.slice(0, label.lastIndexOf('@'))
}
