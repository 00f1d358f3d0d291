import { PalabreError, text } from '@palabre/sdk'
import type { PluginChange, PluginState } from '@palabre/sdk/contract/plugins'
import { faultOfCrash, faultOfStart } from './faults.ts'
import { isSlot, makePlan, type Plan } from './plan.ts'
import type { Runner } from './runner.ts'
import type { Timers } from './timers.ts'
import { stateOf, type Fault, type Unit } from './unit.ts'
import type { Wishes } from './wishes.ts'

/**
 * Brings what runs in line with the plan, one step of one plugin at a time: a plugin starts when its providers run and stops when
 * its users have stopped. Nothing waits for everything, so a slow plugin delays only those who need it.
 */
export interface Supervisor {
  readonly plan: Plan
  /** Makes the plan anew from what is wanted now and takes every step that it allows. */
  replan(): void
  /** The plan as it would be. */
  foresee(units: Iterable<Unit>): Plan
  /** Resolves when these plugins, or all, have nothing left to do. */
  rested(units?: readonly Unit[]): Promise<void>
  /** Stops it and those who need it, then starts them again. */
  restart(unit: Unit): void
  /** It runs no more by its own fault. */
  crash(unit: Unit, error: unknown): void
  /** Keeps it out, for good or until its retry. */
  fail(unit: Unit, fault: Fault): void
  /** Forgets its faults. */
  pardon(unit: Unit): void
  /** Everything stops and nothing starts again. */
  close(): Promise<void>
  watch(fn: (change: PluginChange) => void): Disposable
}

export interface SupervisorSources {
  readonly units: ReadonlyMap<string, Unit>
  readonly wishes: Wishes
  readonly builtIn: ReadonlySet<string>
  readonly timers: Timers
  readonly runner: Runner
}

export function createSupervisor({ units, wishes, builtIn, timers, runner }: SupervisorSources): Supervisor {
  const watchers = new Set<(change: PluginChange) => void>()
  const restless = new Set<Unit>()
  const waiters = new Set<() => void>()
  let closing = false
  let plan = foresee([])

  function replan(): void {
    plan = foresee(units.values())
    for (const unit of staleRuns()) unit.restart = true
    if ([...units.values()].some(({ restart, id }) => restart && plan.runs.has(id))) plan = foresee(units.values())
    for (const id of plan.order) advance(units.get(id)!)
    for (const unit of units.values()) if (!plan.runs.has(unit.id)) advance(unit)
  }

  /** Takes the next step of one plugin, if there is one now. */
  function advance(unit: Unit): void {
    const wanted = plan.runs.has(unit.id)
    if (unit.phase === 'idle' && !wanted) settle(unit)
    else if (unit.phase === 'idle' && providersRun(unit)) void start(unit)
    else if (unit.phase === 'idle') rest(unit, 'planned', undefined)
    else if (unit.phase === 'running' && !wanted && unit.run!.users.size === 0) void stop(unit)
    else if (unit.phase === 'starting' && !wanted) unit.run!.lent.abort()
    note(unit)
  }

  async function start(unit: Unit): Promise<void> {
    const providers = providersOf(unit)
    const run = runner.open(unit, providers, (error) => crash(unit, error))
    unit.run = run
    for (const provider of providers.values()) provider.run!.users.add(unit)
    enter(unit, 'starting')
    try {
      await runner.start(unit, run, (label) => plan.providers.get(label) === unit.id)
      unit.attempt = 0
      enter(unit, 'running')
      for (const user of plan.users.get(unit.id) ?? []) advance(units.get(user)!)
      advance(unit)
    } catch (error) {
      const unwanted = run.lent.scope.signal.aborted && !plan.runs.has(unit.id)
      leave(unit)
      if (!unwanted) return fail(unit, faultOfStart(unit, error, timers))
      afterStop(unit)
      for (const provider of providers.values()) advance(provider)
    }
  }

  async function stop(unit: Unit): Promise<void> {
    const { providers } = unit.run!
    enter(unit, 'stopping')
    await runner.stop(unit, unit.run!)
    leave(unit)
    afterStop(unit)
    for (const provider of providers.values()) advance(provider)
  }

  function afterStop(unit: Unit): void {
    if (!unit.restart) return advance(unit)
    unit.restart = false
    replan()
  }

  function fail(unit: Unit, fault: Fault): void {
    forgetFault(unit)
    const wait = fault.retryAt === undefined ? undefined : fault.retryAt - timers.now()
    const timer = wait === undefined ? undefined : timers.setTimeout(() => retry(unit), wait)
    unit.fault = { ...fault, timer }
    replan()
  }

  function crash(unit: Unit, error: unknown): void {
    if (unit.phase === 'running' && unit.fault === undefined) fail(unit, faultOfCrash(unit, error, timers))
  }

  function retry(unit: Unit): void {
    forgetFault(unit)
    replan()
  }

  function forgetFault(unit: Unit): void {
    if (unit.fault?.timer !== undefined) timers.clearTimeout(unit.fault.timer)
    unit.fault = undefined
  }

  /** Running plugins whose provider is another one now. */
  function staleRuns(): Unit[] {
    return [...units.values()].filter(({ id, run, phase }) => {
      if (run === undefined || phase === 'stopping' || !plan.runs.has(id)) return false
      return [...run.providers].some(([label, provider]) => plan.providers.get(label) !== provider.id)
    })
  }

  function providersOf({ manifest }: Unit): Map<string, Unit> {
    const providers = new Map<string, Unit>()
    for (const label of manifest.needs) {
      if (!isSlot(label) && !builtIn.has(label)) providers.set(label, units.get(plan.providers.get(label)!)!)
    }
    return providers
  }

  function providersRun(unit: Unit): boolean {
    return unit.manifest.needs.every(
      (label) => isSlot(label) || builtIn.has(label) || units.get(plan.providers.get(label)!)!.phase === 'running',
    )
  }

  function foresee(all: Iterable<Unit>): Plan {
    const plugins = Array.from(all, (unit) => ({
      id: unit.id,
      needs: unit.manifest.needs,
      provides: unit.manifest.provides,
      busy: unit.manifest.commands.length > 0 || unit.manifest.hooks.taps.length > 0,
      out: whyOut(unit),
    }))
    return makePlan({ plugins, bindings: wishes.bindings(), builtIn })
  }

  function whyOut(unit: Unit): PalabreError | undefined {
    if (closing) return new PalabreError('cancelled', text('Palabre is closing', 'Palabre se ferme'))
    if (!unit.wanted) return wishes.whyUnwanted(unit)
    if (unit.fault !== undefined) return unit.fault.error
    if (unit.restart) return new PalabreError('cancelled', text(`${unit.id} is restarting`, `${unit.id} redémarre`))
    return undefined
  }

  /** The state in which a plugin rests that the plan does not run. */
  function settle(unit: Unit): void {
    const standIn = plan.standby.get(unit.id)
    if (closing) rest(unit, 'stopped', undefined)
    else if (!unit.wanted) rest(unit, 'disabled', wishes.whyUnwanted(unit))
    else if (unit.fault !== undefined) rest(unit, unit.fault.quarantined ? 'quarantined' : 'failed', unit.fault.error)
    else if (standIn !== undefined) rest(unit, 'standby', standsBy(unit.id, standIn))
    else rest(unit, 'blocked', plan.blocked.get(unit.id))
  }

  function rest(unit: Unit, state: PluginState, reason: PalabreError | undefined): void {
    const before = stateOf(unit)
    unit.resting = state
    unit.reason = reason
    tell(unit, before)
  }

  function enter(unit: Unit, phase: Unit['phase']): void {
    const before = stateOf(unit)
    unit.phase = phase
    unit.reason = undefined
    note(unit)
    tell(unit, before)
  }

  function leave(unit: Unit): void {
    for (const provider of unit.run?.providers.values() ?? []) provider.run?.users.delete(unit)
    unit.run = undefined
    unit.resting = 'stopped'
    enter(unit, 'idle')
  }

  function tell(unit: Unit, before: PluginState): void {
    const state = stateOf(unit)
    if (state === before) return
    const change = { id: unit.id, state, before, ...(unit.reason === undefined ? {} : { reason: unit.reason.text }) }
    for (const fn of watchers) fn(change)
  }

  function note(unit: Unit): void {
    const wanted = plan.runs.has(unit.id)
    if ((unit.phase === 'running' && wanted) || (unit.phase === 'idle' && !wanted)) restless.delete(unit)
    else restless.add(unit)
    for (const waiter of waiters) waiter()
  }

  return {
    get plan() {
      return plan
    },
    replan,
    foresee,
    fail,
    rested: (some) =>
      new Promise((resolve) => {
        const look = () => {
          if (some === undefined ? restless.size > 0 : some.some((unit) => restless.has(unit))) return
          waiters.delete(look)
          resolve()
        }
        waiters.add(look)
        look()
      }),
    restart(unit) {
      if (unit.phase === 'idle') return
      unit.restart = true
      replan()
    },
    crash,
    pardon(unit) {
      forgetFault(unit)
      unit.attempt = 0
      unit.crashes = []
    },
    async close() {
      closing = true
      for (const unit of units.values()) forgetFault(unit)
      replan()
      await this.rested()
    },
    watch(fn) {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
  }
}

function standsBy(id: string, chosen: string): PalabreError {
  return new PalabreError(
    'switched-off',
    text(`${id} stands by: ${chosen} does this`, `${id} est en réserve : ${chosen} s’en charge`),
  )
}
