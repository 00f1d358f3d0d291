import { readManifest, type Settings } from '@palabre/kernel/reading'
import { PalabreError, text } from '@palabre/sdk'
import type { CommandSpec } from '@palabre/sdk/contract/command'
import { argumentsOf, flagOf } from './arguments.ts'
import { globalOptions } from './globals.ts'
import type { NodeCatalogEntry } from './node-catalog.ts'
import type { PluginVerb } from './program.ts'

export interface PluginVerbs {
  readonly verbs: readonly PluginVerb[]
  /** Commands of plugins that are on and that nobody could type. */
  readonly faults: readonly PalabreError[]
}

/** The verbs that manifests bring. Of several with one name, one of a plugin that is on stands; those of the host stand always. */
export function pluginVerbs(catalog: readonly NodeCatalogEntry[], { plugins }: Settings, taken: readonly string[]): PluginVerbs {
  const verbs = new Map<string, PluginVerb>()
  const faults: PalabreError[] = []
  for (const entry of catalog) {
    const shown = plugins.get(entry.id)?.enabled === true
    for (const verb of verbsOf(entry, shown)) {
      const { id } = verb.spec
      const why = taken.includes(id) ? text('palabre itself has it', 'palabre lui-même l’a déjà') : untypable(verb.spec)
      if (why !== undefined && shown) faults.push(unreachable(entry.id, id, why.en, why.fr))
      if (why === undefined && verbs.get(id)?.shown !== true) verbs.set(id, verb)
    }
  }
  return { verbs: [...verbs.values()], faults }
}

/** A manifest that does not hold brings no verbs; the kernel says what is wrong with it when it starts. */
function verbsOf(entry: NodeCatalogEntry, shown: boolean): PluginVerb[] {
  try {
    const { hosts, commands } = readManifest(entry.manifest, entry.source)
    return hosts.includes('cli') ? commands.map((spec) => ({ spec, shown })) : []
  } catch {
    return []
  }
}

function untypable(spec: CommandSpec) {
  const seen = new Set([...globalOptions.map(({ flag }) => flag), '--help', '--version'])
  for (const argument of argumentsOf(spec)) {
    const flag = flagOf(argument)
    if (!/^--[a-z][a-z0-9-]*$/.test(flag) || seen.has(flag)) {
      return text(
        `its argument "${argument.name}" cannot be written ${flag}`,
        `son argument « ${argument.name} » ne peut s’écrire ${flag}`,
      )
    }
    seen.add(flag)
  }
  return undefined
}

function unreachable(plugin: string, id: string, en: string, fr: string): PalabreError {
  return new PalabreError(
    'bad-manifest',
    text(
      `the command "${id}" of ${plugin} cannot be typed here: ${en}`,
      `la commande « ${id} » de ${plugin} ne peut être tapée ici : ${fr}`,
    ),
    {
      plugin,
      todo: text('Its author must rename it in manifest.json.', 'Son auteur doit la renommer dans manifest.json.'),
    },
  )
}
