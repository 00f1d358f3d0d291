import { isPalabreError, labelOf, messageOf, PalabreError, text, type HostKind, type Manifest, type Token } from '@palabre/sdk'
import { Commands } from '@palabre/sdk/contract/command'
import { Plugins } from '@palabre/sdk/contract/plugins'
import { createCommandTable } from './commands.ts'
import { createControl, type SettingsChange } from './control.ts'
import { givenUp } from './faults.ts'
import { createHooks } from './hooks.ts'
import { openJournal, type BootJournal } from './journal.ts'
import { createLogRouter, textOf } from './log.ts'
import { readManifest } from './manifest.ts'
import { createRunner } from './runner.ts'
import { createServices } from './services.ts'
import type { Settings } from './settings.ts'
import { createSupervisor } from './supervisor.ts'
import { realTimers, type Timers } from './timers.ts'
import { createWishes } from './wishes.ts'
import type { CatalogEntry } from './catalog.ts'
import { createUnit, type Unit } from './unit.ts'

export interface KernelOptions {
  readonly host: HostKind
  /** Every plugin the host found, wanted or not. */
  readonly catalog: readonly CatalogEntry[]
  /** From `readSettings`. */
  readonly settings: Settings
  /** Writes a change made by command into the person's plugins.json. */
  remember?(change: SettingsChange): Promise<void>
  readonly journal?: BootJournal
  /** What the host itself provides: places and the like. */
  readonly lend?: readonly Lending[]
  readonly timers?: Timers
  /** Runs plugin code so that the host can tell later whose it was. */
  within?<T>(plugin: string, fn: () => T): T
}

interface Lending {
  readonly token: Pick<Token<unknown>, 'kind' | 'name' | 'major' | 'key'>
  readonly value: unknown
}

export interface Kernel {
  readonly plugins: Plugins
  readonly commands: Commands
  /**
   * Resolves when every wanted plugin runs or rests with a reason. With `only`, these and all they need start, and the others wait
   * until they are asked for; asked again, it starts what is missing.
   */
  start(only?: Iterable<string>): Promise<void>
  /** What `start(only)` would start, as their manifests say. */
  closure(only: Iterable<string>): readonly Manifest[]
  /** Takes an edited plugins.json. Throws and changes nothing when it does not hold. */
  apply(settings: Settings): Promise<void>
  /** Takes something wrong with a plugin that does not stop it. */
  note(plugin: string, error: unknown): void
  /** Takes an error that reached the host: it counts as a crash of the plugin, when one is known. */
  blame(error: unknown, plugin?: string): void
  /** Stops everything, users first. */
  stop(): Promise<void>
}

/** Throws `bad-settings` and its kin when plugins.json does not fit the plugins that exist; nothing has started then. */
export function createKernel(options: KernelOptions): Kernel {
  const { host, timers = realTimers, lend: lent = [] } = options
  const within = options.within ?? ((_id, fn) => fn())
  const units = unitsOf(options.catalog, host)
  const services = createServices()
  const log = createLogRouter(services, timers)

  const report = (id: string, where: string, error: unknown) => {
    const said = textOf(error)
    const unit = units.get(id)
    unit?.problems.push({ time: timers.now(), plugin: id, text: text(`${where}: ${said.en}`, `${where} : ${said.fr}`) })
    if (unit !== undefined && unit.problems.length > 20) unit.problems.shift()
    log.voice(id).error(`${where}: ${said.en}`)
  }

  const journal = openJournal(options.journal, (error) => report('kernel', 'boot journal', error))
  const hooks = createHooks((id, hook, error) => report(id, `hook ${hook}`, error))
  const commands = createCommandTable({ units, timers, within })
  const wishes = createWishes(host, units, services)
  wishes.adopt(options.settings)
  for (const id of journal.suspects) {
    const unit = units.get(id)
    if (unit !== undefined && !unit.broken) unit.fault = givenUp(killedUs(id))
  }

  const runner = createRunner({
    host,
    timers,
    hooks,
    services,
    commands,
    journal,
    log,
    within,
    report: ({ id }, ...said) => report(id, ...said),
  })
  const supervisor = createSupervisor({
    units,
    timers,
    wishes,
    runner,
    builtIn: new Set([Plugins, Commands, ...lent.map(({ token }) => token)].map(labelOf)),
    onWatcherError: (error) => report('kernel', 'a watcher of plugins', error),
  })
  const control = createControl({ host, units, wishes, supervisor, hooks, journal, remember: options.remember })
  for (const { id } of duplicatesIn(options.catalog)) report(id, 'catalog', namedTwice(id, options.catalog))
  services.provide(labelOf(Plugins), 'kernel', control.plugins)
  services.provide(labelOf(Commands), 'kernel', commands.commands)
  for (const { token, value } of lent) services.provide(labelOf(token), 'host', value)
  logChanges()

  return {
    plugins: control.plugins,
    commands: commands.commands,
    async start(only) {
      supervisor.widen(only)
      supervisor.replan()
      await supervisor.rested(only === undefined ? undefined : [...supervisor.closure(only)].map((id) => units.get(id)!))
    },
    closure: (only) => [...supervisor.closure(only)].map((id) => units.get(id)!.manifest),
    apply: (settings) => control.apply(settings),
    note: (id, error) => report(id, 'host', error),
    blame(error, id) {
      const unit = id === undefined ? undefined : units.get(id)
      report(unit?.id ?? 'kernel', 'stray error', error)
      if (unit !== undefined) supervisor.crash(unit, error)
    },
    stop: () => supervisor.close(),
  }

  function logChanges(): void {
    const voice = log.voice('kernel')
    supervisor.watch(({ id, state, reason }) => {
      const grave = state === 'failed' || state === 'quarantined' || state === 'blocked'
      voice[grave ? 'warn' : 'debug'](`${id} is ${state}${reason === undefined ? '' : `: ${reason.en}`}`)
    })
  }
}

/** Checks each manifest on its own: a plugin with a broken one is kept out, and the others run. The first of two with one name stays. */
function unitsOf(catalog: readonly CatalogEntry[], host: HostKind): Map<string, Unit> {
  const units = new Map<string, Unit>()
  for (const entry of catalog) {
    if (units.has(entry.id)) continue
    units.set(entry.id, unitOf(entry, host))
  }
  return units
}

function unitOf(entry: CatalogEntry, host: HostKind): Unit {
  try {
    if (entry.manifest instanceof Error) throw entry.manifest
    const manifest = readManifest(entry.manifest, entry.source)
    if (manifest.id !== entry.id) throw misnamed(entry, manifest.id)
    return createUnit(entry, manifest)
  } catch (error) {
    const unit = createUnit(entry, unreadable(entry.id, host), true)
    unit.fault = givenUp(isPalabreError(error) ? error : unread(entry, error))
    return unit
  }
}

/** Stands in for a manifest that could not be read, so that the plugin can be listed with its reason. */
function unreadable(id: string, host: HostKind): Manifest {
  return {
    id,
    version: '0.0.0',
    engines: { palabre: '^0.0.0' },
    title: text(id, id),
    hosts: [host],
    needs: [],
    optional: [],
    provides: [],
    hooks: { taps: [], calls: [] },
    commands: [],
    permissions: {},
    config: { type: 'object' },
    sees: [],
  }
}

function duplicatesIn(catalog: readonly CatalogEntry[]): CatalogEntry[] {
  const first = new Map(catalog.toReversed().map((entry) => [entry.id, entry]))
  return catalog.filter((entry) => first.get(entry.id) !== entry)
}

function unread({ source }: CatalogEntry, error: unknown): PalabreError {
  const why = messageOf(error)
  return new PalabreError(
    'bad-manifest',
    text(`${source}: the manifest could not be read: ${why}`, `${source} : le manifeste n’a pas pu être lu : ${why}`),
    { cause: error },
  )
}

function misnamed({ id, source }: CatalogEntry, said: string): PalabreError {
  return new PalabreError(
    'bad-manifest',
    text(
      `${source}: the manifest names itself "${said}" and not "${id}"`,
      `${source} : le manifeste se nomme « ${said} » et non « ${id} »`,
    ),
    {
      todo: text(
        'Folder (or key in plugins.json) and id must be the same.',
        'Le dossier (ou la clé dans plugins.json) et l’id doivent être les mêmes.',
      ),
    },
  )
}

function namedTwice(id: string, catalog: readonly CatalogEntry[]): PalabreError {
  const [first, second] = catalog.filter((entry) => entry.id === id).map(({ source }) => source)
  return new PalabreError(
    'bad-plugin',
    text(
      `two plugins are named "${id}": ${first} is used, ${second} is not`,
      `deux plugins se nomment « ${id} » : ${first} sert, ${second} non`,
    ),
    {
      todo: text('Rename or remove one of them.', 'Renommez ou retirez l’un des deux.'),
    },
  )
}

function killedUs(id: string): PalabreError {
  return new PalabreError(
    'plugin-failed',
    text(
      `${id} was starting both times Palabre died, and is skipped`,
      `${id} démarrait les deux fois où Palabre est mort, et il est laissé de côté`,
    ),
    {
      plugin: id,
      todo: text(`Try it again: palabre plugins enable ${id}`, `Réessayez-le : palabre plugins enable ${id}`),
    },
  )
}
