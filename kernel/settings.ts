import { PalabreError, text, type HostKind, type JsonSchema, type Manifest, type Text } from '@palabre/sdk'
import { readJson } from './json-reader.ts'
import { nearest } from './near.ts'
import { nameOf } from './label.ts'
import pluginsSchema from './plugins.schema.json' with { type: 'json' }
import { pollutedPath } from './pollution.ts'
import { check } from './schema.ts'

/** One plugins.json: the shipped one first, then the person's. `source` is how it is named in messages. */
export interface SettingsLayer {
  readonly source: string
  readonly json: string
}

export interface Settings {
  readonly plugins: ReadonlyMap<string, PluginSetting>
  /** Names of contracts without their major, each with the plugins that may provide it, first choice first. */
  readonly bindings: ReadonlyMap<string, Binding>
}

export interface PluginSetting {
  readonly enabled: boolean
  readonly config: Readonly<Record<string, unknown>>
  readonly hosts?: readonly HostKind[]
  /** A plugin of others: where it is, seen from the file that names it. */
  readonly from?: { readonly place: string; readonly source: string }
  /** The entry that spoke last, for messages: `plugins.json: /plugins/clock-system`. */
  readonly said: string
  /** The same for each key of `config`: layers may speak of different ones. */
  readonly saidOf: Readonly<Record<string, string>>
}

interface Binding {
  readonly plugins: readonly string[]
  readonly said: string
}

/** Reads the layers and lays each over the one before, a layer's profile over the layer itself. Throws `bad-settings` at the first fault. */
export function readSettings(layers: readonly SettingsLayer[], profile?: string): Settings {
  const read = layers.map(({ source, json }) => ({ source, file: readLayer(source, json) }))
  if (profile !== undefined) requireProfile(profile, read)

  const plugins = new Map<string, PluginSetting>()
  const bindings = new Map<string, Binding>()
  const ofProfiles = new Set(read.flatMap(({ file }) => Object.values(file.profiles ?? {}).flatMap(switchedOnBy)))
  const lay = (source: string, path: string, overlay: Overlay, isProfile = false) => {
    for (const [id, entry] of Object.entries(overlay.plugins ?? {})) {
      const isOwn = isProfile || !ofProfiles.has(id) || isOfOthers(entry)
      const below = plugins.get(id) ?? fresh(isOwn)
      plugins.set(id, layOver(below, entry, source, `${source}: ${path}/plugins/${id}`))
    }
    for (const [name, bound] of Object.entries(overlay.bindings ?? {})) {
      bindings.set(name, { plugins: typeof bound === 'string' ? [bound] : bound, said: `${source}: ${path}/bindings/${name}` })
    }
  }
  for (const { source, file } of read) {
    lay(source, '', file)
    const chosen = profile === undefined ? undefined : file.profiles?.[profile]
    if (chosen !== undefined) lay(source, `/profiles/${profile}`, chosen, true)
  }
  return { plugins, bindings }
}

/**
 * Holds the settings against the plugins that exist: an unknown name, a host the plugin is not made for, a config its schema refuses.
 * Returns each plugin's config with its defaults filled in.
 */
export function checkSettings(
  settings: Settings,
  manifests: ReadonlyMap<string, Manifest | undefined>,
): ReadonlyMap<string, object> {
  const configs = new Map<string, object>()
  for (const [id, setting] of settings.plugins) {
    if (!manifests.has(id)) throw unknown(id, setting.said, manifests.keys())
    const manifest = manifests.get(id)
    if (manifest === undefined) continue
    const wrongHost = setting.hosts?.find((host) => !manifest.hosts.includes(host))
    if (wrongHost !== undefined) throw madeForOthers(manifest, wrongHost, `${setting.said}/hosts`)
    if (setting.enabled || Object.keys(setting.config).length > 0) configs.set(id, checkConfig(manifest, setting))
  }
  for (const [name, { plugins, said }] of settings.bindings) {
    const stranger = plugins.find((id) => !manifests.has(id))
    if (stranger !== undefined) throw unknown(stranger, said, manifests.keys())
    const other = plugins.find((id) => manifests.get(id)?.provides.every((label) => nameOf(label) !== name))
    if (other !== undefined) throw boundToOther(name, other, said, manifests)
  }
  return configs
}

/** The config with its defaults, or `bad-settings` naming the path in the file, or in what somebody changes now. */
export function checkConfig(
  manifest: Manifest,
  { config, said, saidOf }: Pick<PluginSetting, 'config' | 'said' | 'saidOf'>,
  changed: object = {},
): object {
  const { value, problems } = check(config, manifest.config)
  const first = problems[0]
  if (first === undefined) return value as object
  const [, key = ''] = first.path.split('/')
  if (Object.hasOwn(changed, key)) throw refuseChange(manifest.id, first)
  throw refuse(`${saidOf[key] ?? said}/config${first.path === '/' ? '' : first.path}`, first.text)
}

function refuseChange(id: string, { path, text: { en, fr } }: { path: string; text: Text }): PalabreError {
  const where = path.slice(1)
  return new PalabreError('bad-settings', text(`${id}: ${where} ${en}`, `${id} : ${where} ${fr}`), {
    todo: text(`See: palabre plugins config ${id}`, `Voyez : palabre plugins config ${id}`),
  })
}

/** What a plugin's settings are when nobody gives any, whether or not it could run with them. */
export function defaultsOf(manifest: Manifest): object {
  return check({}, manifest.config).value as object
}

/** Throws `bad-settings` when a key stands anywhere that could reach into prototypes. */
export function refusePollution(source: string, value: unknown): void {
  const polluted = pollutedPath(value)
  if (polluted !== undefined) throw refuse(`${source}: ${polluted}`, text('is a forbidden key', 'est une clé interdite'))
}

interface Overlay {
  readonly plugins?: Readonly<Record<string, boolean | EntryFields>>
  readonly bindings?: Readonly<Record<string, string | string[]>>
}

interface EntryFields {
  readonly enabled?: boolean
  readonly from?: string
  readonly hosts?: readonly HostKind[]
  readonly config?: Readonly<Record<string, unknown>>
}

interface SettingsFile extends Overlay {
  readonly profiles?: Readonly<Record<string, Overlay>>
}

function readLayer(source: string, json: string): SettingsFile {
  const value = readJson(source, json)
  refusePollution(source, value)
  const first = check(value, pluginsSchema as JsonSchema).problems[0]
  if (first !== undefined) throw refuse(`${source}: ${first.path}`, first.text)
  return value as SettingsFile
}

const switchedOnBy = ({ plugins = {} }: Overlay): string[] =>
  Object.keys(plugins).filter((id) => {
    const entry = plugins[id]!
    return typeof entry === 'boolean' ? entry : entry.enabled !== false
  })

const isOfOthers = (entry: boolean | EntryFields) => typeof entry === 'object' && entry.from !== undefined

/** Nothing was said of it yet. To name it is to switch it on; one that a profile switches may be set up for it without that. */
const fresh = (isOnWhenNamed: boolean): PluginSetting => ({ enabled: isOnWhenNamed, config: {}, said: '', saidOf: {} })

function layOver(below: PluginSetting, entry: boolean | EntryFields, source: string, said: string): PluginSetting {
  const fields = typeof entry === 'boolean' ? { enabled: entry } : entry
  const hosts = fields.hosts ?? below.hosts
  const from = fields.from === undefined ? below.from : { place: fields.from, source }
  return {
    enabled: fields.enabled ?? below.enabled,
    config: { ...below.config, ...fields.config },
    saidOf: { ...below.saidOf, ...Object.fromEntries(Object.keys(fields.config ?? {}).map((key) => [key, said])) },
    ...(hosts === undefined ? {} : { hosts }),
    ...(from === undefined ? {} : { from }),
    said,
  }
}

function requireProfile(profile: string, layers: readonly { source: string; file: SettingsFile }[]): void {
  const known = layers.flatMap(({ file }) => Object.keys(file.profiles ?? {}))
  if (known.includes(profile)) return
  const [meant] = nearest(profile, known)
  const list = known.join(', ')
  throw new PalabreError(
    'bad-settings',
    text(
      `there is no profile "${profile}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`,
      `il n’y a pas de profil « ${profile} »${meant === undefined ? '' : ` ; vouliez-vous dire « ${meant} » ?`}`,
    ),
    { todo: text(`Profiles here: ${list || 'none'}.`, `Profils connus : ${list || 'aucun'}.`) },
  )
}

function unknown(id: string, said: string, known: Iterable<string>): PalabreError {
  const [meant] = nearest(id, known)
  return refuse(
    said,
    meant === undefined
      ? text(`there is no plugin "${id}"`, `il n’y a pas de plugin « ${id} »`)
      : text(
          `there is no plugin "${id}"; did you mean "${meant}"?`,
          `il n’y a pas de plugin « ${id} » ; vouliez-vous dire « ${meant} » ?`,
        ),
    'unknown-plugin',
  )
}

function boundToOther(name: string, id: string, said: string, manifests: ReadonlyMap<string, Manifest | undefined>): PalabreError {
  const names = new Set([...manifests.values()].flatMap((manifest) => manifest?.provides ?? []).map(nameOf))
  const makers = [...manifests].filter(([, manifest]) => manifest?.provides.some((label) => nameOf(label) === name))
  if (makers.length === 0) {
    const [meant] = nearest(name, names)
    return refuse(
      said,
      text(
        `names "${name}", which no plugin provides${meant === undefined ? '' : `; did you mean "${meant}"?`}`,
        `nomme « ${name} », qu’aucun plugin ne fournit${meant === undefined ? '' : ` ; vouliez-vous dire « ${meant} » ?`}`,
      ),
    )
  }
  const list = makers.map(([maker]) => maker).join(', ')
  return refuse(
    said,
    text(
      `gives "${name}" to "${id}", which does not provide it; these do: ${list}`,
      `confie « ${name} » à « ${id} », qui ne le fournit pas ; ceux-ci le font : ${list}`,
    ),
  )
}

function madeForOthers({ id, hosts }: Manifest, host: HostKind, said: string): PalabreError {
  const made = hosts.join(', ')
  return refuse(
    said,
    text(
      `"${id}" is not made for the host "${host}" but for: ${made}`,
      `« ${id} » n’est pas fait pour l’hôte « ${host} » mais pour : ${made}`,
    ),
    'wrong-host',
  )
}

function refuse(
  said: string,
  { en, fr }: Text,
  code: 'bad-settings' | 'unknown-plugin' | 'wrong-host' = 'bad-settings',
): PalabreError {
  return new PalabreError(code, text(`${said} ${en}`, `${said} ${fr}`), {
    todo: text(
      'Correct plugins.json there; nothing was started or changed.',
      'Corrigez plugins.json à cet endroit ; rien n’a été démarré ni changé.',
    ),
  })
}
