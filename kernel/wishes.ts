import { PalabreError, text, type HostKind, type Manifest } from '@palabre/sdk'
import type { Services } from './services.ts'
import { checkConfig, checkSettings, type PluginSetting, type Settings } from './settings.ts'
import type { Unit } from './unit.ts'

/** What the person wants, as plugins.json says it: kept on each unit, changed by an edited file or one entry at a time. */
export interface Wishes {
  bindings(): ReadonlyMap<string, readonly string[]>
  isForHost(unit: Unit): boolean
  whyUnwanted(unit: Unit): PalabreError
  /** Checks all first, so that a fault anywhere changes nothing anywhere. Returns the plugins whose settings changed. */
  adopt(settings: Settings): Unit[]
  switch(unit: Unit, enabled: boolean): void
  /** The plugin's settings with a part changed; throws `bad-settings` when its schema refuses them. Nothing is changed yet. */
  configured(unit: Unit, part: object): { given: Readonly<Record<string, unknown>>; config: object }
  configure(unit: Unit, given: Readonly<Record<string, unknown>>, config: object): void
}

export function createWishes(host: HostKind, units: ReadonlyMap<string, Unit>, services: Services): Wishes {
  const settings = new Map<string, PluginSetting>()
  let bindings: ReadonlyMap<string, readonly string[]> = new Map()

  const isForHost = ({ id, manifest }: Unit) => manifest.hosts.includes(host) && (settings.get(id)?.hosts?.includes(host) ?? true)
  const said = ({ id }: Unit) => settings.get(id)?.said ?? `plugins.json: /plugins/${id}`
  const keep = (unit: Unit, part: Partial<PluginSetting>) => {
    settings.set(unit.id, { enabled: unit.wanted, config: {}, said: said(unit), ...settings.get(unit.id), ...part })
  }

  return {
    bindings: () => bindings,
    isForHost,
    whyUnwanted: (unit) => (isForHost(unit) ? switchedOff(unit) : wrongHost(unit, host)),

    adopt(next) {
      const configs = checkSettings(
        next,
        new Map([...units].map(([id, { broken, manifest }]) => [id, broken ? undefined : manifest])),
      )
      settings.clear()
      for (const [id, setting] of next.plugins) settings.set(id, setting)
      bindings = new Map([...next.bindings].map(([name, { plugins }]) => [name, plugins]))

      const changed: Unit[] = []
      for (const unit of units.values()) {
        preferInSlots(unit.manifest, bindings, services)
        const config = frozen(configs.get(unit.id) ?? checkConfig(unit.manifest, {}, said(unit)))
        if (JSON.stringify(config) !== JSON.stringify(unit.config)) changed.push(unit)
        unit.config = config
        unit.wanted = settings.get(unit.id)?.enabled === true && isForHost(unit)
      }
      return changed
    },

    switch(unit, enabled) {
      keep(unit, { enabled })
      unit.wanted = enabled
    },

    configured(unit, part) {
      const given = { ...settings.get(unit.id)?.config, ...part }
      return { given, config: checkConfig(unit.manifest, given, said(unit)) }
    },

    configure(unit, given, config) {
      keep(unit, { config: given })
      unit.config = frozen(config)
    },
  }
}

export function wrongHost({ id, manifest }: Unit, host: HostKind): PalabreError {
  const made = manifest.hosts.join(', ')
  return new PalabreError(
    'wrong-host',
    text(
      `${id} does not run in the host "${host}" (made for: ${made})`,
      `${id} ne fonctionne pas dans l’hôte « ${host} » (fait pour : ${made})`,
    ),
  )
}

function switchedOff({ id }: Unit): PalabreError {
  return new PalabreError('switched-off', text(`${id} is switched off`, `${id} est désactivé`), {
    todo: text(`Switch it on: palabre plugins enable ${id}`, `Activez-le : palabre plugins enable ${id}`),
  })
}

function preferInSlots({ provides }: Manifest, bindings: ReadonlyMap<string, readonly string[]>, services: Services): void {
  for (const label of provides) {
    const [name = '', major = ''] = label.replace('[]', '').split('@')
    const preferred = bindings.get(name)
    if (preferred !== undefined) services.prefer(Symbol.for(`palabre/${name}@${major}`), preferred)
  }
}

function frozen(value: object): object {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) frozen(inner as object)
  return Object.freeze(value)
}
