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

  const reconfigure = async (unit: Unit) => {
    if (unit.run === undefined) return
    const taken = unit.phase === 'running' && (await unit.run.lent.reconfigure(unit.config))
    if (!taken) supervisor.restart(unit)
  }

  const plugins: Plugins = {
    list: () => [...units.values()].map(infoOf),
    graph: () => graphOf(units, supervisor.plan),
    why: (id) => whyOf(find(id), units, supervisor.plan),
    flow: () => hooks.flow(),
    watch: (fn) => supervisor.watch(fn),

    async enable(id) {
      const unit = find(id)
      if (!wishes.isForHost(unit)) throw wrongHost(unit, host)
      refuseConflict(unit)
      await remember?.({ plugin: id, enabled: true })
      wishes.switch(unit, true)
      if (!unit.broken) supervisor.pardon(unit)
      journal.forgive(id)
      supervisor.replan()
      await supervisor.rested([unit])
      if (unit.phase !== 'running' && unit.resting !== 'standby' && unit.reason !== undefined) throw unit.reason
      return infoOf(unit)
    },

    async disable(id) {
      const unit = find(id)
      await remember?.({ plugin: id, enabled: false })
      wishes.switch(unit, false)
      supervisor.replan()
      await supervisor.rested([unit])
      return infoOf(unit)
    },

    async configure(id, part) {
      const unit = find(id)
      const { given, config } = wishes.configured(unit, part)
      await remember?.({ plugin: id, config: part })
      wishes.configure(unit, given, config)
      await reconfigure(unit)
      await supervisor.rested([unit])
      return infoOf(unit)
    },
  }

  return {
    plugins,
    async apply(settings) {
      const changed = wishes.adopt(settings)
      supervisor.replan()
      await Promise.all(changed.filter(({ wanted }) => wanted).map(reconfigure))
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
