import { hookLabel, isPlugin, labelOf, PalabreError, text, type Manifest, type Plugin } from '@palabre/sdk'
import type { CatalogEntry } from './unit.ts'

/** Imports a plugin's code and holds it against its manifest: what it declares in one it must declare in the other. */
export async function loadPlugin({ load, source }: CatalogEntry, manifest: Manifest): Promise<Plugin> {
  const exported = await load()
  if (!isPlugin(exported)) {
    throw new PalabreError(
      'bad-plugin',
      text(`${source} does not export "plugin" made by definePlugin`, `${source} n’exporte pas « plugin » fait par definePlugin`),
      {
        plugin: manifest.id,
        todo: text(
          'Its index.ts must say: export const plugin = definePlugin({ … })',
          'Son index.ts doit dire : export const plugin = definePlugin({ … })',
        ),
      },
    )
  }
  const said = declared(exported)
  compare(manifest.id, 'needs', said.needs, manifest.needs)
  compare(manifest.id, 'optional', said.optional, manifest.optional)
  compare(manifest.id, 'provides', said.provides, manifest.provides)
  compare(manifest.id, 'hooks.taps', said.taps, manifest.hooks.taps)
  compare(manifest.id, 'hooks.calls', said.calls, manifest.hooks.calls)
  return exported
}

/** What a plugin's code declares, as manifests write it. */
export function declared(plugin: Plugin) {
  const wanted = Object.values(plugin.needs)
  return {
    needs: wanted.filter((need) => need.kind !== 'optional').map(labelOf),
    optional: wanted.filter((need) => need.kind === 'optional').map((need) => labelOf(need.token)),
    provides: [...Object.values(plugin.provides), ...plugin.contributes].map(labelOf),
    taps: plugin.taps.map(hookLabel),
    calls: plugin.calls.map(hookLabel),
  }
}

function compare(id: string, field: string, code: readonly string[], manifest: readonly string[]): void {
  const onlyCode = code.find((label) => !manifest.includes(label))
  const onlyManifest = manifest.find((label) => !code.includes(label))
  if (onlyCode === undefined && onlyManifest === undefined) return
  const difference =
    onlyCode === undefined
      ? text(
          `manifest.json names ${onlyManifest} under ${field}, and the code does not`,
          `manifest.json nomme ${onlyManifest} sous ${field}, et le code non`,
        )
      : text(
          `the code declares ${onlyCode} under ${field}, and manifest.json does not`,
          `le code déclare ${onlyCode} sous ${field}, et manifest.json non`,
        )
  throw new PalabreError('not-declared', text(`${id}: ${difference.en}`, `${id} : ${difference.fr}`), {
    plugin: id,
    todo: text(
      'Its author must make manifest.json and index.ts say the same.',
      'Son auteur doit accorder manifest.json et index.ts.',
    ),
  })
}
