import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { entryFile, projectRoot, readCatalog, type NodeCatalogEntry } from '@palabre/host-cli/node-host'
import { createKernel, readManifest, readSettings, type Settings, type SettingsLayer } from '@palabre/kernel'

/** What goes into the page: the plugins that are on and made for it, and the part of plugins.json that speaks of them. */
export interface PagePlugins {
  readonly plugins: readonly PagePlugin[]
  /** A plugins.json that names nothing else. */
  readonly settings: string
  /** What they ask for in their manifests, each once. */
  readonly permissions: readonly string[]
  /** False for a face of a kernel elsewhere: without its server it is of no use. */
  readonly standsAlone: boolean
}

export interface PagePlugin {
  readonly id: string
  /** How messages name it; never a path of the machine that built the page. */
  readonly source: string
  readonly folder: string
  /** The file that exports `plugin`. */
  readonly entry: string
  readonly manifest: unknown
}

/** Throws `bad-settings` and its kin as a starting kernel would: a page that cannot start is not built. */
export function choosePagePlugins(overlays: readonly string[], profile?: string): PagePlugins {
  const settings = readSettings(readLayers(overlays), profile)
  const catalog = readCatalog(settings)
  createKernel({ host: 'web', settings, catalog })

  const chosen = catalog.filter((entry) => isForPage(entry, settings)).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const ids = chosen.map(({ id }) => id)
  return {
    plugins: chosen.map((entry) => pagePlugin(entry, settings)),
    settings: settingsFor(ids, settings),
    permissions: [...new Set(chosen.flatMap(permissionsOf))],
    standsAlone: !ids.includes('port-socket'),
  }
}

/** The shipped plugins.json, and over it those named; one that does not exist yet says nothing. */
function readLayers(overlays: readonly string[]): SettingsLayer[] {
  const files = [join(projectRoot, 'plugins.json'), ...overlays.map((file) => resolve(file))]
  return files.filter((file) => existsSync(file)).map((source) => ({ source, json: readFileSync(source, 'utf8') }))
}

/** A plugin whose manifest does not hold goes in too: the page names it and says what is wrong. One that is no JSON cannot. */
function isForPage({ id, manifest, source }: NodeCatalogEntry, { plugins }: Settings): boolean {
  const setting = plugins.get(id)
  if (setting?.enabled !== true || setting.hosts?.includes('web') === false) return false
  if (manifest instanceof Error) throw manifest
  try {
    return readManifest(manifest, source).hosts.includes('web')
  } catch {
    return true
  }
}

/** None for a manifest that does not hold: such a plugin does not run. */
function permissionsOf({ manifest, source }: NodeCatalogEntry): string[] {
  try {
    return Object.keys(readManifest(manifest, source).permissions)
  } catch {
    return []
  }
}

function pagePlugin({ id, folder, manifest }: NodeCatalogEntry, { plugins }: Settings): PagePlugin {
  const inHouse = relative(projectRoot, folder).split(sep).join('/')
  const real = realpathSync(folder)
  return { id, source: plugins.get(id)?.from?.place ?? inHouse, folder: real, entry: entryFile(real), manifest }
}

function settingsFor(ids: readonly string[], { plugins, bindings }: Settings): string {
  const kept = ids.map((id) => [id, { enabled: true, config: plugins.get(id)!.config }] as const)
  const bound = [...bindings].map(([name, { plugins: chosen }]) => [name, chosen.filter((id) => ids.includes(id))] as const)
  return JSON.stringify({
    plugins: Object.fromEntries(kept),
    bindings: Object.fromEntries(bound.filter(([, chosen]) => chosen.length > 0)),
  })
}
