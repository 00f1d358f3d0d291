import { join } from 'node:path'
import type { Plugin } from 'vite'
import type { PagePlugins } from './page-plugins.ts'

const catalogFile = join(import.meta.dirname, 'page', 'catalog.ts')

/** Puts into `page/catalog.ts` what plugins.json says: one dynamic import for each plugin, and none for those that are off. */
export function catalogModule(chosen: PagePlugins): Plugin {
  return {
    name: 'palabre-catalog',
    enforce: 'pre',
    load: (id) => (id === catalogFile ? catalogCode(chosen) : null),
    /** A plugin from elsewhere needs no copy of the sdk beside it, and meets ours when it has one. */
    resolveId(specifier, importer) {
      if (!/^@palabre\/sdk(\/|$)/.test(specifier) || importer === catalogFile) return null
      return this.resolve(specifier, catalogFile, { skipSelf: true })
    },
  }
}

export function catalogCode({ plugins, settings, standsAlone }: PagePlugins): string {
  const entries = plugins.map(({ id, source, manifest, entry }) => {
    const load = `load: () => import(${JSON.stringify(entry)}).then((code) => code.plugin)`
    return `{ id: ${JSON.stringify(id)}, source: ${JSON.stringify(source)}, manifest: ${JSON.stringify(manifest)}, ${load} }`
  })
  return `export const catalog = [\n${entries.join(',\n')}\n]\nexport const shipped = ${JSON.stringify(settings)}\nexport const standsAlone = ${standsAlone}\n`
}
