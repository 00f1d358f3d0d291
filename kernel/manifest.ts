import { PalabreError, sdkVersion, text, type JsonSchema, type Manifest } from '@palabre/sdk'
import manifestSchema from './manifest.schema.json' with { type: 'json' }
import { copied } from './copied.ts'
import { frozen } from './frozen.ts'
import { pollutedPath } from './pollution.ts'
import { schemaFault } from './schema-fault.ts'
import { check, type SchemaProblem } from './schema.ts'

/** Parses a manifest from outside, or throws a `bad-manifest` or `wrong-version` that says where it is wrong. `source` is shown to the person. */
export function readManifest(value: unknown, source: string): Manifest {
  const polluted = pollutedPath(value)
  if (polluted !== undefined) throw broken(source, polluted, text('is a forbidden key', 'est une clé interdite'))
  const { value: filled, problems } = check(value, manifestSchema as JsonSchema)
  const first = problems[0] ?? faultOfSchemas(filled as Manifest)
  if (first !== undefined) throw broken(source, first.path, first.text)
  const manifest = frozen(copied(filled as Manifest))
  if (!fits(manifest.engines.palabre)) throw wrongVersion(manifest, source)
  return manifest
}

/** Its own schemas are code of a kind: a broken one is found here, and not when somebody first uses it. */
function faultOfSchemas({ config, commands }: Manifest): SchemaProblem | undefined {
  const inConfig = schemaFault(config)
  if (inConfig !== undefined) return { path: `/config${inConfig.path}`, text: inConfig.text }
  for (const [i, { args }] of commands.entries()) {
    const inArgs = args === undefined ? undefined : schemaFault(args)
    if (inArgs !== undefined) return { path: `/commands/${i}/args${inArgs.path}`, text: inArgs.text }
  }
  return undefined
}

/** Caret ranges only: `^0.1.0` takes 0.1.x from 0.1.0 on, `^1.2.0` takes 1.x from 1.2.0 on. */
function fits(range: string): boolean {
  const wanted = range.slice(1).split('.').map(Number)
  const have = sdkVersion.split('.').map(Number)
  const fixed = wanted[0] === 0 ? 2 : 1
  if (wanted.slice(0, fixed).some((part, i) => part !== have[i])) return false
  for (let i = fixed; i < 3; i++) if (have[i] !== wanted[i]) return have[i]! > wanted[i]!
  return true
}

function broken(source: string, path: string, { en, fr }: { en: string; fr: string }): PalabreError {
  return new PalabreError('bad-manifest', text(`${source}: ${path} ${en}`, `${source} : ${path} ${fr}`))
}

function wrongVersion({ id, engines }: Manifest, source: string): PalabreError {
  return new PalabreError(
    'wrong-version',
    text(
      `${source}: ${id} is made for Palabre ${engines.palabre}, and this is ${sdkVersion}`,
      `${source} : ${id} est fait pour Palabre ${engines.palabre}, et celui-ci est ${sdkVersion}`,
    ),
    {
      todo: text(`Install a version of ${id} made for ${sdkVersion}.`, `Installez une version de ${id} faite pour ${sdkVersion}.`),
    },
  )
}
