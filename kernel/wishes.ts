import { PalabreError, text, type HostKind } from '@palabre/sdk'
import { frozen } from './frozen.ts'
import { readJson } from './json-reader.ts'
import { nameOf } from './label.ts'
import type { Services } from './services.ts'
import { checkConfig, checkSettings, defaultsOf, refusePollution, type PluginSetting, type Settings } from './settings.ts'
import type { Unit } from './unit.ts'

/** What the person wants, as plugins.json says it: kept on each unit, changed by an edited file or one entry at a time. */
export interface Wishes {
  bindings(): ReadonlyMap<string, readonly string[]>
  isForHost(unit: Unit): boolean
  whyUnwanted(unit: Unit): PalabreError
  /** Checks all first, so that a fault anywhere changes nothing anywhere. Returns the plugins that were switched on or whose settings changed. */
  adopt(settings: Settings): Unit[]
  /** Throws `bad-settings` when the plugin cannot run with the settings it has. */
  requireConfig(unit: Unit): void
  switch(unit: Unit, enabled: boolean): void
  /** The plugin's settings with a part changed; throws `bad-settings` when its schema refuses them. Nothing is changed yet. */
  configured(unit: Unit, part: object): { given: Readonly<Record<string, unknown>>; config: object }
  configure(unit: Unit, given: Readonly<Record<string, unknown>>, config: object): void
}

export function createWishes(host: HostKind, units: ReadonlyMap<string, Unit>, services: Services): Wishes {
  const settings = new Map<string, PluginSetting>()
  let bindings: ReadonlyMap<string, readonly string[]> = new Map()

  const isForHost = ({ id, manifest }: Unit) => manifest.hosts.includes(host) && (settings.get(id)?.hosts?.includes(host) ?? true)
  const settingOf = ({ id, wanted }: Unit): PluginSetting =>
    settings.get(id) ?? { enabled: wanted, config: {}, said: `plugins.json: /plugins/${id}`, saidOf: {} }
  const keep = (unit: Unit, part: Partial<PluginSetting>) => void settings.set(unit.id, { ...settingOf(unit), ...part })

  /** Each plugin's settings with defaults; one that nobody asks to run may leave out what it must be told to run. */
  const configsOf = (next: Settings) => {
    const checked = checkSettings(
      next,
      new Map([...units].map(([id, { broken, manifest }]) => [id, broken ? undefined : manifest])),
    )
    return new Map([...units].map(([id, unit]) => [unit, frozen(checked.get(id) ?? defaultsOf(unit.manifest))]))
  }

  /** True when that changes something for the plugin. */
  const takeUp = (unit: Unit, config: object): boolean => {
    const wanted = settings.get(unit.id)?.enabled === true && isForHost(unit)
    const isNew = JSON.stringify(config) !== JSON.stringify(unit.config)
    const isOn = wanted && !unit.wanted
    if (isNew) unit.config = config
    unit.wanted = wanted
    return isNew || isOn
  }

  return {
    bindings: () => bindings,
    isForHost,
    whyUnwanted: (unit) => (isForHost(unit) ? switchedOff(unit) : wrongHost(unit, host)),

    adopt(next) {
      const configs = configsOf(next)
      settings.clear()
      for (const [id, setting] of next.plugins) settings.set(id, setting)
      bindings = new Map([...next.bindings].map(([name, { plugins }]) => [name, plugins]))
      preferInSlots(units, bindings, services)
      return [...configs].filter(([unit, config]) => takeUp(unit, config)).map(([unit]) => unit)
    },

    requireConfig: (unit) => void checkConfig(unit.manifest, settingOf(unit)),

    switch(unit, enabled) {
      unit.wanted = enabled
    },

    configured(unit, part) {
      const given = { ...settingOf(unit).config, ...plainPart(unit.id, part) }
      return { given, config: checkConfig(unit.manifest, { ...settingOf(unit), config: given }, part) }
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

/** At a slot, what plugins.json binds comes first. */
function preferInSlots(
  units: ReadonlyMap<string, Unit>,
  bindings: ReadonlyMap<string, readonly string[]>,
  services: Services,
): void {
  for (const label of new Set([...units.values()].flatMap(({ manifest }) => manifest.provides))) {
    services.prefer(label, bindings.get(nameOf(label)) ?? [])
  }
}

/** What a program hands over is held to the same as what a person writes. */
function plainPart(id: string, part: object): Readonly<Record<string, unknown>> {
  const source = `plugins.configure("${id}")`
  const plain = readJson(source, jsonOf(source, part)) as Readonly<Record<string, unknown>>
  refusePollution(source, plain)
  return plain
}

function jsonOf(source: string, part: object): string {
  try {
    return JSON.stringify(part)
  } catch {
    throw new PalabreError('bad-settings', text(`${source}: not plain JSON`, `${source} : pas du JSON simple`))
  }
}
