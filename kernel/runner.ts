import { labelOf, PalabreError, text, type Given, type HostKind, type Plugin, type Wanted } from '@palabre/sdk'
import type { CommandTable } from './commands.ts'
import { limits, tooSlow } from './faults.ts'
import type { Hooks } from './hooks.ts'
import type { Journal } from './journal.ts'
import { loadPlugin } from './load.ts'
import type { LogRouter } from './log.ts'
import { lendScope, type LentScope } from './scope.ts'
import type { Services } from './services.ts'
import { within, type Timers } from './timers.ts'
import type { Run, Unit } from './unit.ts'

/** Starts and stops one plugin, whatever the others do. */
export interface Runner {
  /** Opens a run; nothing of the plugin's code has been called yet. */
  open(unit: Unit, providers: ReadonlyMap<string, Unit>, crash: (error: unknown) => void): Run
  /** Imports, starts, and binds what it provides. Throws what went wrong, with everything given back. */
  start(unit: Unit, run: Run, bindsOne: (label: string) => boolean): Promise<void>
  stop(unit: Unit, run: Run): Promise<void>
}

export interface RunnerSources {
  readonly host: HostKind
  readonly timers: Timers
  readonly hooks: Hooks
  readonly services: Services
  readonly commands: CommandTable
  readonly journal: Journal
  readonly log: LogRouter
  within<T>(plugin: string, fn: () => T): T
  report(unit: Unit, where: string, error: unknown): void
}

export function createRunner(sources: RunnerSources): Runner {
  const { host, timers, hooks, services, commands, journal, log } = sources

  const stop = async (unit: Unit, { lent }: Run) => {
    try {
      await within(timers, limits.stop, lent.close(), () => tooSlow(unit.id, 'stop', limits.stop))
    } catch (error) {
      sources.report(unit, 'stop', error)
      lent.abandon()
    }
  }

  return {
    open(unit, providers, crash) {
      const lent = lendScope({
        manifest: unit.manifest,
        host,
        config: unit.config,
        log: log.voice(unit.id),
        timers,
        hooks,
        services,
        commands,
        within: (fn) => sources.within(unit.id, fn),
        report: (where, error) => sources.report(unit, where, error),
        crash: (error) => {
          sources.report(unit, 'crash', error)
          crash(error)
        },
      })
      return { lent, providers, users: new Set() }
    },

    async start(unit, run, bindsOne) {
      const { lent } = run
      journal.starting(unit.id)
      try {
        const work = begin(unit, lent)
        await within(timers, limits.start, Promise.race([work, lent.aborted]), () => tooSlow(unit.id, 'start', limits.start))
        provide(unit, lent, await work, bindsOne)
      } catch (error) {
        await stop(unit, run)
        throw error
      } finally {
        journal.survived(unit.id)
      }
    },

    stop,
  }

  async function begin(unit: Unit, lent: LentScope): Promise<unknown> {
    const asked = timers.monotonic()
    const plugin = (unit.plugin ??= await loadPlugin(unit.entry, unit.manifest))
    const imported = timers.monotonic()
    const returned = await sources.within(unit.id, () => plugin.start(lend(plugin, lent), lent.scope))
    unit.times = { import: imported - asked, start: timers.monotonic() - imported }
    return returned
  }

  function lend(plugin: Plugin, { viewer }: LentScope): Record<string, unknown> {
    const one = (need: Wanted) => {
      if (need.kind === 'optional') return services.live(need.token.key, viewer)
      if (need.kind === 'many') return services.many(need.key, viewer)
      return services.current(need.key)?.value
    }
    return Object.fromEntries(Object.entries(plugin.needs).map(([name, need]) => [name, one(need)]))
  }

  function provide({ id, plugin }: Unit, { ledger }: LentScope, returned: unknown, bindsOne: (label: string) => boolean): void {
    const values = Object.entries(returned ?? {})
    const provides = plugin!.provides
    const stranger = values.find(([name]) => !(name in provides))
    if (stranger !== undefined) throw undeclared(id, stranger[0])
    for (const [name, given] of Object.entries(provides) as [string, Given][]) {
      const value: unknown = values.find(([key]) => key === name)?.[1]
      if (value === undefined) throw withheld(id, name)
      if (given.kind === 'many') ledger.take('contributions', services.provide(given.key, id, value))
      else if (bindsOne(labelOf(given))) ledger.take('services', services.provide(given.key, id, value))
    }
  }
}

function undeclared(id: string, name: string): PalabreError {
  return new PalabreError(
    'not-declared',
    text(`${id} returned "${name}" from start and does not declare it`, `${id} a renvoyé « ${name} » de start sans le déclarer`),
    {
      plugin: id,
      todo: text(
        `Its author must name it under "provides", in code and manifest.`,
        `Son auteur doit le nommer sous « provides », dans le code et le manifeste.`,
      ),
    },
  )
}

function withheld(id: string, name: string): PalabreError {
  return new PalabreError(
    'bad-plugin',
    text(
      `${id} declares that it provides "${name}" and did not return it`,
      `${id} déclare fournir « ${name} » et ne l’a pas renvoyé`,
    ),
    {
      plugin: id,
      todo: text('Its author must return it from start.', 'Son auteur doit le renvoyer de start.'),
    },
  )
}
