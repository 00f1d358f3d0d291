import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { readJson, type CatalogEntry, type Settings } from '@palabre/kernel/reading'
import { PalabreError, text } from '@palabre/sdk'
import { projectRoot } from './places.ts'

/** A plugin as Node found it: `folder` tells later whose a stray error is. */
export interface NodeCatalogEntry extends CatalogEntry {
  readonly folder: string
}

/** The plugins of the house, and those of others that plugins.json names with `from`. */
export function readCatalog(settings: Settings): NodeCatalogEntry[] {
  const house = join(projectRoot, 'plugins')
  const ours = readdirSync(house)
    .filter((name) => existsSync(join(house, name, 'manifest.json')))
    .map((name) => entryOf(name, join(house, name)))
  const theirs = [...settings.plugins]
    .filter(([, { from }]) => from !== undefined)
    .map(([id, { from }]) => entryOf(id, folderOf(from!.place, dirname(resolve(from!.source)), id)))
  if (theirs.length > 0) lendSdk()
  return [...ours, ...theirs]
}

function entryOf(id: string, folder: string): NodeCatalogEntry {
  const file = join(folder, 'manifest.json')
  return {
    id,
    folder,
    source: folder,
    manifest: readManifestFile(file),
    async load() {
      const { plugin } = (await import(pathToFileURL(entryFile(folder)).href)) as { plugin?: unknown }
      return plugin
    },
  }
}

/** A manifest that cannot be read is left to the kernel, which keeps that plugin out and says why. */
function readManifestFile(file: string): unknown {
  try {
    return readJson(file, readFileSync(file, 'utf8'))
  } catch (error) {
    return error instanceof PalabreError
      ? error
      : new PalabreError('bad-manifest', text(`${file} cannot be read`, `${file} ne peut être lu`), { cause: error })
  }
}

/** The file that exports `plugin`. */
export function entryFile(folder: string): string {
  const main = mainOf(folder)
  const candidates = ['index.ts', 'index.js', 'index.mjs', ...(main === undefined ? [] : [main])]
  const found = candidates.map((name) => join(folder, name)).find((file) => existsSync(file))
  if (found === undefined) {
    throw new PalabreError('bad-plugin', text(`${folder} has no index.ts or index.js`, `${folder} n’a ni index.ts ni index.js`))
  }
  return found
}

function mainOf(folder: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { main?: string }).main
  } catch {
    return undefined
  }
}

/** A path is seen from the plugins.json that names it; anything else is an npm package installed beside that file or here. */
function folderOf(place: string, base: string, id: string): string {
  if (/^(\.{0,2}[/\\]|\.{1,2}$|[A-Za-z]:[/\\])/.test(place)) {
    const folder = resolve(base, place)
    if (!existsSync(folder) || !statSync(folder).isDirectory()) throw nowhere(id, folder)
    return folder
  }
  for (let here = base; ; here = dirname(here)) {
    const folder = join(here, 'node_modules', place)
    if (existsSync(join(folder, 'manifest.json'))) return folder
    if (dirname(here) === here) break
  }
  const folder = join(projectRoot, 'node_modules', place)
  if (!existsSync(join(folder, 'manifest.json'))) throw nowhere(id, `npm:${place}`)
  return folder
}

function nowhere(id: string, place: string): PalabreError {
  return new PalabreError(
    'bad-settings',
    text(
      `the plugin "${id}" should come from ${place}, and there is none`,
      `le plugin « ${id} » devrait venir de ${place}, et il n’y en a pas`,
    ),
    {
      todo: text(
        'Correct "from" in plugins.json, or install it there.',
        'Corrigez « from » dans plugins.json, ou installez-le à cet endroit.',
      ),
    },
  )
}

/** A plugin outside the house that has no copy of the sdk beside it uses ours: one folder is enough to write a plugin. */
function lendSdk(): void {
  if (lent) return
  lent = true
  registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context)
      } catch (error) {
        if (!/^@palabre\/(sdk|kernel)(\/|$)/.test(specifier)) throw error
        return next(specifier, { ...context, parentURL: import.meta.url })
      }
    },
  })
}

let lent = false
