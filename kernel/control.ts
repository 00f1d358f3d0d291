import { PalabreError, text, type HostKind } from '@palabre/sdk'
import type { Plugins } from '@palabre/sdk/contract/plugins'
import type { Hooks } from './hooks.ts'
import { graphOf, infoOf, whyOf } from './inspect.ts'
import type { Journal } from './journal.ts'
import { nearest } from './near.ts'
import type { Settings } from './settings.ts'
import type { Supervisor } from './supervisor.ts'
import type { Unit } from './unit.ts'
import { wrongHost, type Wishes } from './wishes.ts'

/** Changing what runs, by command or by an edited file, and looking at it. */
export interface Control {
  readonly plugins: Plugins
  /** Takes an edited plugins.json while running: starts, stops and reconfigures what differs. */
  apply(settings: Settings): Promise<void>
}

/** One line of the person's plugins.json. */
export interface SettingsChange {
  readonly plugin: string
  readonly enabled?: boolean
  readonly config?: object
}

export interface ControlSources {
  readonly host: HostKind
  readonly units: ReadonlyMap<string, Unit>
  readonly wishes: Wishes
  readonly supervisor: Supervisor
  readonly hooks: Hooks
  readonly journal: Journal
  readonly remember: ((change: SettingsChange) => Promise<void>) | undefined
}

export function createControl({ host, units, wishes, supervisor, hooks, journal, remember }: ControlSources): Control {
  const find = (id: string): Unit => {
    const unit = units.get(id)
    if (unit === undefined) throw unknown(id, units.keys())
    return unit
  }

  const refuseConflict = (unit: Unit) => {
    const then = supervisor.foresee(
      [...units.values()].map((one) => (one === unit ? { ...one, wanted: true, fault: undefined } : one)),
    )
    if (then.conflicts.has(unit.id) && !supervisor.plan.conflicts.has(unit.id)) throw then.blocked.get(unit.id)!
  }

  /** Changed settings reach a running plugin live, or it restarts with them. */
  const reconfigure = async (unit: Unit) => {
    const { run, config } = unit
    if (run === undefined || run.config === config) return
    run.config = config
    const live = unit.phase === 'running' && (await run.lent.reconfigure(config))
    if (!live && unit.run === run) supervisor.restart(unit)
  }

  /** The person has spoken about it, so what went wrong before no longer counts. */
  const pardon = (unit: Unit) => {
    journal.forgive(unit.id)
    if (!unit.broken) supervisor.pardon(unit)
  }

  /** One change at a time: a check holds until what it allowed is done. */
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(change: () => Promise<T>): Promise<T> => {
    const done = turn.then(change)
    turn = done.catch(() => undefined)
    return done
  }

  const plugins = Object.freeze<Plugins>({
    list: () => [...units.values()].map(infoOf),
    graph: () => graphOf(units, supervisor.plan),
    why: (id) => whyOf(find(id), units, supervisor.plan),
    flow: () => hooks.flow(),
    watch: (fn) => supervisor.watch(fn),

    async enable(id) {
      const unit = find(id)
      const waitFor = await inTurn(async () => {
        if (!wishes.isForHost(unit)) throw wrongHost(unit, host)
        wishes.requireConfig(unit)
        refuseConflict(unit)
        await remember?.({ plugin: id, enabled: true })
        const wasRunning = unit.phase === 'running'
        wishes.switch(unit, true)
        supervisor.widen([id])
        pardon(unit)
        supervisor.replan()
        return wasRunning ? [unit] : supervisor.withDependents(unit)
      })
      await supervisor.rested(waitFor)
      if (unit.phase !== 'running' && unit.resting !== 'standby' && unit.reason !== undefined) throw unit.reason
      return infoOf(unit)
    },

    async disable(id) {
      const unit = find(id)
      const waitFor = await inTurn(async () => {
        await remember?.({ plugin: id, enabled: false })
        const concerned = supervisor.withDependents(unit)
        wishes.switch(unit, false)
        if (!unit.broken) supervisor.pardon(unit)
        supervisor.replan()
        return concerned
      })
      await supervisor.rested(waitFor)
      return infoOf(unit)
    },

    async configure(id, part) {
      const unit = find(id)
      await inTurn(async () => {
        const { given, config } = wishes.configured(unit, part)
        await remember?.({ plugin: id, config: part })
        wishes.configure(unit, given, config)
        pardon(unit)
        supervisor.replan()
      })
      await reconfigure(unit)
      await supervisor.rested(supervisor.withDependents(unit))
      return infoOf(unit)
    },
  })

  return {
    plugins,
    async apply(settings) {
      const changed = await inTurn(async () => {
        const spokenOf = wishes.adopt(settings)
        for (const unit of spokenOf) pardon(unit)
        supervisor.replan()
        return spokenOf
      })
      await Promise.all(changed.map(reconfigure))
      await supervisor.rested()
    },
  }
}

function unknown(id: string, known: Iterable<string>): PalabreError {
  const near = nearest(id, known)
  return new PalabreError('unknown-plugin', text(`there is no plugin "${id}"`, `il n’y a pas de plugin « ${id} »`), {
    ...(near[0] === undefined
      ? {}
      : { todo: text(`Did you mean "${near.join('" or "')}"?`, `Vouliez-vous dire « ${near.join(' » ou « ')} » ?`) }),
  })
}
