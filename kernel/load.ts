import { hookLabel, isPlugin, labelOf, PalabreError, text, type Manifest, type Plugin } from '@palabre/sdk'
import type { CatalogEntry } from './catalog.ts'

/** A plugin's declaration, read once: what its code could make of it later is of no consequence. */
export interface Loaded {
  readonly needs: readonly Need[]
  /** What `start` must return, by name. */
  readonly provides: ReadonlyMap<string, string>
  start(needs: object, scope: unknown): unknown
}

export interface Need {
  readonly name: string
  readonly kind: 'one' | 'many' | 'optional'
  readonly label: string
}

/** Imports a plugin's code and holds it against its manifest: what it declares in one it must declare in the other. */
export async function loadPlugin({ load, source }: CatalogEntry, manifest: Manifest): Promise<Loaded> {
  const exported = await load()
  if (!isPlugin(exported)) throw notAPlugin(manifest.id, source)
  const { needs, provides, contributes, taps, calls } = declarationOf(exported)
  const labels = (kept: boolean) => needs.filter(({ kind }) => (kind === 'optional') === kept).map(({ label }) => label)
  compare(manifest.id, 'needs', labels(false), manifest.needs)
  compare(manifest.id, 'optional', labels(true), manifest.optional)
  compare(manifest.id, 'provides', [...provides.values(), ...contributes], manifest.provides)
  compare(manifest.id, 'hooks.taps', taps, manifest.hooks.taps)
  compare(manifest.id, 'hooks.calls', calls, manifest.hooks.calls)
  return { needs, provides, start: (lent, scope) => exported.start(lent as never, scope as never) }
}

function declarationOf(plugin: Plugin) {
  return {
    needs: Object.entries(plugin.needs).map(([name, need]): Need => {
      const { kind } = need
      return { name, kind, label: kind === 'optional' ? labelOf(need.token) : labelOf(need) }
    }),
    provides: new Map(Object.entries(plugin.provides).map(([name, given]) => [name, labelOf(given)])),
    contributes: plugin.contributes.map(labelOf),
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

function notAPlugin(id: string, source: string): PalabreError {
  return new PalabreError(
    'bad-plugin',
    text(`${source} does not export "plugin" made by definePlugin`, `${source} n’exporte pas « plugin » fait par definePlugin`),
    {
      plugin: id,
      todo: text(
        'Its index.ts must say: export const plugin = definePlugin({ … })',
        'Son index.ts doit dire : export const plugin = definePlugin({ … })',
      ),
    },
  )
}
