import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { dirname, join, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { readJson, type CatalogEntry, type Settings } from '@palabre/kernel/reading'
import { PalabreError, text, type Text } from '@palabre/sdk'
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
    .map(([id, { from, said }]) => entryOf(id, folderNamed(from!, id, said)))
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
      const code = entryFile(folder)
      try {
        const { plugin } = (await import(pathToFileURL(code).href)) as { plugin?: unknown }
        return plugin
      } catch (error) {
        throw error instanceof SyntaxError ? misspelt(code, error) : error
      }
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
      : new PalabreError('bad-manifest', text(`there is no ${file} to read`, `il n’y a pas de ${file} à lire`), {
          todo: text('Every plugin has a manifest.json.', 'Tout plugin a un manifest.json.'),
          cause: error,
        })
  }
}

/** The file that exports `plugin`: what package.json calls its main file, else an index; Node takes no TypeScript from inside node_modules. */
export function entryFile(folder: string): string {
  const index = ['index.ts', 'index.js', 'index.mjs']
  const candidates = [mainOf(folder), ...(realpathSync(folder).split(sep).includes('node_modules') ? index.slice(1) : index)]
  const found = candidates.find((name) => name !== undefined && existsSync(join(folder, name)))
  if (found !== undefined) return join(folder, found)
  throw new PalabreError('bad-plugin', text(`${folder} has no index.ts or index.js`, `${folder} n’a ni index.ts ni index.js`), {
    todo: text(
      'Its author must add one, or name it as "main" in package.json.',
      'Son auteur doit en ajouter un, ou le nommer « main » dans package.json.',
    ),
  })
}

/** Node says where above the stack, and not always. */
function misspelt(file: string, error: SyntaxError): PalabreError {
  const [, place] = /^(?:file:\/\/)?(\S+:\d+)\n/.exec(error.stack ?? '') ?? []
  const [where, { message }] = [place ?? file, error]
  return new PalabreError(
    'bad-plugin',
    text(`${where} is not valid code: ${message}`, `${where} n’est pas du code valide : ${message}`),
    {
      todo: text('Its author must correct it there.', 'Son auteur doit le corriger à cet endroit.'),
      cause: error,
    },
  )
}

function mainOf(folder: string): string | undefined {
  try {
    const { main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { main?: unknown }
    return typeof main === 'string' ? main : undefined
  } catch {
    return undefined
  }
}

/** Where `from` leads: a path is seen from the plugins.json that names it; anything else is an npm package installed beside that file or here. */
export function folderNamed({ place, source }: { place: string; source: string }, id: string, said: string): string {
  const base = dirname(resolve(source))
  if (/^(\.{0,2}[/\\]|\.{1,2}$|[A-Za-z]:[/\\])/.test(place)) {
    const folder = resolve(base, place)
    if (existsSync(folder) && statSync(folder).isDirectory()) return folder
    throw nowhere(said, text(`there is no folder ${folder} for "${id}"`, `il n’y a pas de dossier ${folder} pour « ${id} »`))
  }
  const found = [...foldersUpFrom(base), projectRoot]
    .map((here) => join(here, 'node_modules', place))
    .find((folder) => existsSync(folder))
  if (found !== undefined) return found
  throw nowhere(
    said,
    text(`no npm package "${place}" is installed near ${base}`, `aucun paquet npm « ${place} » n’est installé près de ${base}`),
  )
}

function foldersUpFrom(folder: string): string[] {
  const above = dirname(folder)
  return above === folder ? [folder] : [folder, ...foldersUpFrom(above)]
}

function nowhere(said: string, { en, fr }: Text): PalabreError {
  return new PalabreError('bad-settings', text(`${said}/from: ${en}`, `${said}/from : ${fr}`), {
    todo: text(
      'Correct it there, or put the plugin in that place. (A path begins with / or ./ or ../)',
      'Corrigez-le là, ou mettez le plugin à cet endroit. (Un chemin commence par / ou ./ ou ../)',
    ),
  })
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
