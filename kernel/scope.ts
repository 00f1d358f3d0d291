import { isPalabreError, labelOf, PalabreError, text, type AnyTap, type HostKind, type Manifest, type Scope } from '@palabre/sdk'
import type { CommandRun } from '@palabre/sdk/contract/command'
import type { Log } from '@palabre/sdk/contract/log'
import type { Holdings } from '@palabre/sdk/contract/plugins'
import { limits, tooSlow } from './limits.ts'
import { readHook, type Hooks } from './hooks.ts'
import { isSlot } from './label.ts'
import { createLedger, type Ledger } from './ledger.ts'
import type { Services, Viewer } from './services.ts'
import { within, type Timers } from './timers.ts'

/** What a scope draws on; the kernel's side of the plugin's `Scope`. */
export interface ScopeSources {
  readonly manifest: Manifest
  readonly host: HostKind
  readonly config: object
  readonly log: Log
  readonly timers: Timers
  readonly hooks: Hooks
  readonly services: Services
  readonly commands: { add(plugin: string, id: string, run: CommandRun<never>): () => void }
  /** Runs plugin code under its name, so that whatever it starts can be traced back to it. */
  within<T>(fn: () => T): T
  report(where: string, error: unknown): void
  unhurried<T>(work: Promise<T>): Promise<T>
  crash(error: unknown): void
  restart(): void
}

/** A scope and the strings attached to it. */
export interface LentScope {
  readonly scope: Scope
  readonly viewer: Viewer
  readonly ledger: Ledger
  /** Gives the plugin changed settings; false when it does not take them while running. */
  reconfigure(config: object): Promise<boolean>
  /** Tells a plugin that is still starting to give up; `reason` when it is its own fault. */
  abort(reason?: unknown): void
  /** Rejects when the scope is aborted; never resolves. */
  readonly aborted: Promise<never>
  /** Aborts the signal and gives everything back, last taken first. */
  close(): Promise<void>
  /** Gives back what is left without waiting any more for anything. */
  abandon(): void
  holds(): Holdings
}

export function lendScope(sources: ScopeSources): LentScope {
  const { manifest, timers, hooks, services, report } = sources
  const { id } = manifest
  const controller = new AbortController()
  const ledger = createLedger((error) => report('stop', error))
  let config = sources.config
  const listeners = new Set<(config: never) => void | Promise<void>>()

  const abort = (reason?: unknown) => {
    if (!controller.signal.aborted) sources.within(() => controller.abort(reason ?? stopped(id)))
  }
  const aborted = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true })
  })
  aborted.catch(() => undefined)

  const open = () => {
    if (controller.signal.aborted) throw stopped(id)
  }
  const blame = (where: string, error: unknown) => {
    // What still runs after the end meets a scope that refuses: no news.
    if (!controller.signal.aborted || !isPalabreError(error) || error.code !== 'cancelled') report(where, error)
  }
  const guard: Viewer['guard'] = async (where, fn) => {
    try {
      return await sources.within(fn)
    } catch (error) {
      blame(where, error)
      return undefined
    }
  }
  const inTime = async (where: string, doing: 'leave' | 'config', work: Promise<unknown>) => {
    try {
      return await within(timers, limits[doing], work, () => tooSlow(id, doing, limits[doing]))
    } catch (error) {
      report(where, error)
      return undefined
    }
  }

  const scope: Scope = {
    id,
    host: sources.host,
    get config() {
      return config
    },
    log: sources.log,
    signal: controller.signal,

    use(thing) {
      open()
      const dispose = async () => (Symbol.asyncDispose in thing ? thing[Symbol.asyncDispose]() : thing[Symbol.dispose]())
      ledger.take('others', () => sources.within(dispose))
      return thing
    },
    onStop(fn) {
      open()
      return ledger.take('others', () => sources.within(fn))
    },
    every(ms, fn) {
      open()
      return ledger.take(
        'timers',
        repeat(timers, ms, () => guard('a timer', fn)),
      )
    },
    after(ms, fn) {
      open()
      const timer = timers.setTimeout(() => {
        ledger.forget(held)
        void guard('a timer', fn)
      }, ms)
      const held = ledger.take('timers', () => timers.clearTimeout(timer))
      return held
    },
    asOwner(fn) {
      open()
      return sources.within(fn)
    },
    tap(hook, fn, options) {
      open()
      const facts = readHook(hook)
      if (!manifest.hooks.taps.includes(facts.label)) throw undeclared(id, `hooks.taps: "${facts.label}"`)
      return ledger.take('taps', hooks.tap(id, facts, fn, options?.stage ?? 'normal'))
    },
    hook<Call extends AnyTap>(hook: Parameters<Scope['hook']>[0]) {
      open()
      const facts = readHook(hook)
      if (!manifest.hooks.calls.includes(facts.label)) throw undeclared(id, `hooks.calls: "${facts.label}"`)
      const { call, leave } = hooks.caller(id, facts, open)
      ledger.take('others', leave)
      return call as { call: Call; size: number }
    },
    command(name, run) {
      open()
      if (!manifest.commands.some((spec) => spec.id === name)) throw undeclared(id, `commands: "${name}"`)
      return ledger.take('commands', sources.commands.add(id, name, run as CommandRun<never>))
    },
    contribute(slot, value) {
      open()
      const label = labelOf(slot)
      if (!isSlot(label) || !manifest.provides.includes(label)) throw undeclared(id, `provides: "${label}"`)
      return ledger.take('contributions', services.provide(label, id, value))
    },
    onConfig(fn) {
      open()
      listeners.add(fn as (config: never) => void)
      return ledger.take('others', () => void listeners.delete(fn as (config: never) => void))
    },
    unhurried(work) {
      open()
      return sources.unhurried(work)
    },
    fail(error) {
      if (!controller.signal.aborted) sources.crash(error)
    },
    restart() {
      if (!controller.signal.aborted) sources.restart()
    },
  }

  return {
    scope: Object.freeze(scope),
    ledger,
    viewer: {
      get isOpen() {
        return !controller.signal.aborted
      },
      hold(stopWatching) {
        open()
        return ledger.take('others', stopWatching)
      },
      guard,
      letGo: async (work) => void (await inTime('a watcher', 'leave', work)),
    },
    async reconfigure(changed) {
      if (listeners.size === 0) return false
      config = changed
      const taken = [...listeners].map((fn) => guard('new settings', async () => (await fn(changed as never), true)))
      const all = await inTime('new settings', 'config', Promise.all(taken))
      return Array.isArray(all) && all.every((ok) => ok === true)
    },
    abort,
    aborted,
    async close() {
      abort()
      await ledger.giveBack()
    },
    abandon: () => ledger.abandon(),
    holds: () => ledger.count(),
  }
}

/** A row of timers: the next is set only when the one before is over. */
function repeat(timers: Timers, ms: number, fn: () => Promise<unknown>): () => void {
  let timer: unknown
  let over = false
  const next = () => {
    timer = timers.setTimeout(() => {
      void fn().then(() => {
        if (!over) next()
      })
    }, ms)
  }
  next()
  return () => {
    over = true
    timers.clearTimeout(timer)
  }
}

function stopped(id: string): PalabreError {
  return new PalabreError('cancelled', text(`${id} was stopped`, `${id} a été arrêté`), { plugin: id })
}

function undeclared(id: string, line: string): PalabreError {
  return new PalabreError(
    'not-declared',
    text(`${id} does not declare this in its manifest`, `${id} ne déclare pas cela dans son manifeste`),
    {
      plugin: id,
      todo: text(
        `Its author must add it to manifest.json, under ${line}`,
        `Son auteur doit l’ajouter à manifest.json, sous ${line}`,
      ),
    },
  )
}
