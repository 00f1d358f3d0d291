import type { PalabreError } from '@palabre/sdk'
import type { PluginChange, PluginState } from '@palabre/sdk/contract/plugins'
import { createBonds } from './bonds.ts'
import { faultOfCrash, faultOfStart } from './faults.ts'
import { createFocus } from './focus.ts'
import { createNews } from './news.ts'
import { closing, notNeeded, standsBy } from './plan-errors.ts'
import { makePlan, type Plan } from './plan.ts'
import type { Runner } from './runner.ts'
import type { Timers } from './timers.ts'
import { stateOf, type Fault, type Run, type Unit } from './unit.ts'
import { createUnrest } from './unrest.ts'
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
  /** From now on these may start with all they need, or all may; before, nothing does. Takes effect with the next plan. */
  widen(ids?: Iterable<string>): void
  /** These and all that starts with them by the plan of now. */
  closure(ids: Iterable<string>): ReadonlySet<string>
  /** Resolves when these plugins, or all, have nothing left to do. */
  rested(units?: Iterable<Unit>): Promise<void>
  /** It and all that need it by the plan of now, directly or through others. */
  withDependents(unit: Unit): Iterable<Unit>
  /** Stops it and those who need it, then starts them again. */
  restart(unit: Unit): void
  /** It runs no more by its own fault. */
  crash(unit: Unit, error: unknown): void
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
  onWatcherError(error: unknown): void
}

export function createSupervisor({ units, wishes, builtIn, timers, runner, onWatcherError }: SupervisorSources): Supervisor {
  const news = createNews<PluginChange>(onWatcherError)
  const unrest = createUnrest<Unit>()
  const bonds = createBonds(units, builtIn)
  /** Who stands for a token, from its start until it has let go: its successor waits for that. */
  const holders = new Map<string, Unit>()
  const focus = createFocus(units)
  let isClosing = false
  let plan = foresee([])

  function replan(): void {
    plan = focus.narrow(foresee(units.values()))
    for (const unit of units.values()) if (plan.runs.has(unit.id) && bonds.isStale(unit, plan)) condemn(unit)
    for (const id of plan.order) advance(units.get(id)!)
    for (const unit of units.values()) if (!plan.runs.has(unit.id)) advance(unit)
  }

  /** Takes the next step of one plugin, if there is one now. */
  function advance(unit: Unit): void {
    const wanted = plan.runs.has(unit.id)
    if (unit.run === undefined && !wanted) settle(unit)
    else if (unit.run === undefined && mayStart(unit)) void start(unit)
    else if (unit.run === undefined) rest(unit, 'planned', undefined)
    else if (!wanted || unit.run.over) end(unit, unit.run)
    note(unit)
  }

  /** A token has one provider at a time, so a new one waits for the old one to let go. */
  function mayStart(unit: Unit): boolean {
    const providers = bonds.providersOf(unit, plan)
    return [...providers.values()].every(isServing) && [...bonds.bindsOf(unit, plan)].every((label) => !holders.has(label))
  }

  async function start(unit: Unit): Promise<void> {
    const run = openRun(unit)
    enter(unit, 'starting')
    try {
      await runner.start(unit, run)
    } catch (error) {
      const fault = run.over ? undefined : faultOfStart(unit, error, timers)
      leave(unit, run)
      if (fault !== undefined) fail(unit, fault)
      return giveWay(unit, run)
    }
    unit.attempt = 0
    enter(unit, 'running')
    for (const user of plan.users.get(unit.id) ?? []) advance(units.get(user)!)
  }

  function openRun(unit: Unit): Run {
    const providers = bonds.providersOf(unit, plan)
    const binds = bonds.bindsOf(unit, plan)
    const run = runner.open(unit, providers, binds, { crash: (error) => crash(unit, error), restart: () => restart(unit) })
    unit.run = run
    for (const provider of providers.values()) provider.run!.users.add(unit)
    for (const label of binds) holders.set(label, unit)
    return run
  }

  function end(unit: Unit, run: Run): void {
    if (unit.phase === 'running' && run.users.size === 0) void stop(unit, run)
    if (unit.phase !== 'starting') return
    run.over = true
    run.lent.abort()
  }

  async function stop(unit: Unit, run: Run): Promise<void> {
    enter(unit, 'stopping')
    await runner.stop(unit, run)
    leave(unit, run)
    giveWay(unit, run)
  }

  function leave(unit: Unit, run: Run): void {
    for (const provider of run.providers.values()) provider.run?.users.delete(unit)
    for (const label of run.binds) holders.delete(label)
    unit.run = undefined
    unit.resting = 'stopped'
    enter(unit, 'idle')
  }

  /** Those who waited for its run to end: itself, providers that stop after it, and whoever provides next what it did. */
  function giveWay(unit: Unit, run: Run): void {
    advance(unit)
    for (const provider of run.providers.values()) advance(provider)
    for (const label of run.binds) {
      const next = units.get(plan.providers.get(label) ?? '')
      if (next !== undefined) advance(next)
    }
  }

  /** Its run must end before it may start again, and so must the runs that hold its services. */
  function condemn(unit: Unit): void {
    const left = [unit]
    for (let one = left.pop(); one !== undefined; one = left.pop()) {
      if (one.run === undefined || one.run.over) continue
      one.run.over = true
      left.push(...one.run.users)
    }
  }

  function crash(unit: Unit, error: unknown): void {
    if (isClosing || unit.run === undefined || unit.fault !== undefined) return
    if (unit.phase === 'starting') return unit.run.lent.abort(error)
    if (unit.phase !== 'running') return
    condemn(unit)
    if (unit.wanted) fail(unit, faultOfCrash(unit, error, timers))
  }

  /** Keeps it out, for good or until its retry. */
  function fail(unit: Unit, fault: Fault): void {
    const wait = fault.retryAt === undefined ? undefined : fault.retryAt - timers.now()
    const timer = wait === undefined ? undefined : timers.setTimeout(() => retry(unit), wait)
    unit.fault = { ...fault, timer }
    replan()
  }

  function restart(unit: Unit): void {
    condemn(unit)
    replan()
  }

  function retry(unit: Unit): void {
    forgetFault(unit)
    replan()
  }

  function forgetFault(unit: Unit): void {
    if (unit.fault?.timer !== undefined) timers.clearTimeout(unit.fault.timer)
    unit.fault = undefined
  }

  function isServing({ phase, run }: Unit): boolean {
    return phase === 'running' && !run!.over
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
    if (isClosing) return closing()
    if (!unit.wanted) return wishes.whyUnwanted(unit)
    return unit.fault?.error
  }

  /** The state in which a plugin rests that the plan does not run. */
  function settle(unit: Unit): void {
    const standIn = plan.standby.get(unit.id)
    if (isClosing) rest(unit, 'stopped', closing())
    else if (!unit.wanted) rest(unit, 'disabled', wishes.whyUnwanted(unit))
    else if (unit.fault !== undefined) rest(unit, unit.fault.quarantined ? 'quarantined' : 'failed', unit.fault.error)
    else if (plan.unneeded.has(unit.id)) rest(unit, 'planned', notNeeded(unit.id))
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

  function tell(unit: Unit, before: PluginState): void {
    const state = stateOf(unit)
    if (state === before) return
    news.tell({ id: unit.id, state, before, ...(unit.reason === undefined ? {} : { reason: unit.reason.text }) })
  }

  function note(unit: Unit): void {
    const rests = plan.runs.has(unit.id) ? unit.run !== undefined && isServing(unit) : unit.run === undefined
    unrest.note(unit, !rests)
  }

  return {
    get plan() {
      return plan
    },
    replan,
    foresee,
    widen: focus.widen,
    closure: (ids) => focus.closure(ids, foresee(units.values())),
    rested: (some) => unrest.over(some),
    withDependents: (unit) => bonds.withDependents(unit, plan),
    restart,
    crash,
    pardon(unit) {
      forgetFault(unit)
      unit.attempt = 0
      unit.crashes = []
    },
    async close() {
      isClosing = true
      for (const unit of units.values()) forgetFault(unit)
      replan()
      await unrest.over()
    },
    watch: (fn) => news.watch(fn),
  }
}
