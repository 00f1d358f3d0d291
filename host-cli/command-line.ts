import { readManifest, readSettings } from '@palabre/kernel/reading'
import { exitCodeOf } from './exit-codes.ts'
import { readGlobals, type Globals } from './globals.ts'
import { hostVerbs } from './host-verbs.ts'
import { readCatalog, type NodeCatalogEntry } from './node-catalog.ts'
import { runProgram, type PluginVerb } from './program.ts'
import { openSettingsFiles } from './settings-files.ts'
import { createShower, type Shower } from './show.ts'

/** One run of `palabre`: reads the line, does it, answers with the exit code. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  let shower = createShower('en', argv.includes('--json'))
  try {
    const globals = readGlobals(argv)
    shower = createShower(globals.language, globals.json)
    await act(globals, shower)
    return 0
  } catch (error) {
    shower.error(error)
    return exitCodeOf(error)
  }
}

/** Only manifests are read here: the kernel and the plugins' code are loaded by the verbs that need them. */
async function act(globals: Globals, shower: Shower): Promise<void> {
  const files = openSettingsFiles(globals.profileDir, globals.plugins)
  const settings = readSettings(files.read(), globals.profile)
  const catalog = readCatalog(settings)
  const commands = catalog.flatMap((entry) => verbsOf(entry, settings.plugins.get(entry.id)?.enabled === true))
  const verbs = hostVerbs({ globals, shower, commands: commands.map(({ spec }) => spec), plugins: catalog.map(({ id }) => id) })
  const run = async (id: string, args: object) => {
    const { runCommand } = await import('./run-command.ts')
    await runCommand(globals, shower, id, args)
  }
  if (globals.rest.length > 0) return runProgram({ language: globals.language, commands, verbs, run }, globals.rest)
  const { welcome } = await import('./welcome.ts')
  await welcome(globals)
}

/** A manifest that does not hold brings no verbs; the kernel says what is wrong with it when it starts. */
function verbsOf(entry: NodeCatalogEntry, shown: boolean): PluginVerb[] {
  try {
    const { hosts, commands, title } = readManifest(entry.manifest, entry.source)
    return hosts.includes('cli') ? commands.map((spec) => ({ spec, shown, from: title })) : []
  } catch {
    return []
  }
}
