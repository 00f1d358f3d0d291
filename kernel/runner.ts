import { isPalabreError, PalabreError, text, type HostKind } from '@palabre/sdk'
import type { CommandTable } from './commands.ts'
import { limits, tooSlow } from './limits.ts'
import type { Hooks } from './hooks.ts'
import type { Journal } from './journal.ts'
import { isSlot } from './label.ts'
import { loadPlugin, type Loaded, type Need } from './load.ts'
import type { LogRouter } from './log.ts'
import { createPatience } from './patience.ts'
import { lendScope, type LentScope } from './scope.ts'
import type { Services } from './services.ts'
import { within, type Timers } from './timers.ts'
import type { Run, Unit } from './unit.ts'

/** Starts and stops one plugin, whatever the others do. */
export interface Runner {
  /** Opens a run; nothing of the plugin's code has been called yet. */
  open(unit: Unit, providers: Run['providers'], binds: Run['binds'], life: Life): Run
  /** Imports, starts, and binds what it provides. Throws what went wrong, with everything given back. */
  start(unit: Unit, run: Run): Promise<void>
  stop(unit: Unit, run: Run): Promise<void>
}

/** What a plugin may ask for itself. */
interface Life {
  crash(error: unknown): void
  restart(): void
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
    open(unit, providers, binds, life) {
      const onHold = (still: boolean) => journal[still ? 'survived' : 'starting'](unit.id)
      const patience = createPatience({ timers, ms: limits.start, onHold })
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
          // Whoever stays out on purpose has not crashed: its state tells why.
          if (!isPalabreError(error) || error.code !== 'denied') sources.report(unit, 'crash', error)
          life.crash(error)
        },
        restart: life.restart,
        unhurried: patience.unhurried,
      })
      return { lent, patience, providers, binds, config: unit.config, over: false, users: new Set() }
    },

    async start(unit, run) {
      const { lent, patience } = run
      try {
        await Promise.race([journal.turn(unit.id), lent.aborted])
        journal.starting(unit.id)
        const work = Promise.race([begin(unit, lent), lent.aborted])
        const returned = await patience.within(work, () => tooSlow(unit.id, 'start', limits.start))
        provide(unit, run, returned)
        // Who was told of it just now may have stopped it again.
        lent.scope.signal.throwIfAborted()
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
    const { signal } = lent.scope
    const asked = timers.monotonic()
    // A step of the kernel is complete before any code of a plugin runs.
    await Promise.resolve()
    const loaded = (unit.loaded ??= await sources.within(unit.id, () => loadPlugin(unit.entry, unit.manifest)))
    signal.throwIfAborted()
    const imported = timers.monotonic()
    const returned = await sources.within(unit.id, () => loaded.start(lend(loaded, lent), lent.scope))
    signal.throwIfAborted()
    unit.times = { import: imported - asked, start: timers.monotonic() - imported }
    return returned
  }

  function lend({ needs }: Loaded, { viewer }: LentScope): object {
    const one = ({ kind, label }: Need) => {
      if (kind === 'optional') return services.live(label, viewer)
      return kind === 'many' ? services.many(label, viewer) : services.current(label)?.value
    }
    return Object.fromEntries(needs.map((need) => [need.name, one(need)]))
  }

  function provide({ id, loaded }: Unit, { lent: { ledger }, binds }: Run, returned: unknown): void {
    const values = new Map(Object.entries(returned ?? {}))
    const stranger = values.keys().find((name) => !loaded!.provides.has(name))
    if (stranger !== undefined) throw undeclared(id, stranger)
    for (const [name, label] of loaded!.provides) {
      const value: unknown = values.get(name)
      if (value === undefined) throw withheld(id, name)
      if (isSlot(label)) ledger.take('contributions', services.provide(label, id, value))
      else if (binds.has(label)) ledger.take('services', services.provide(label, id, value))
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
