import { readSettings } from '@palabre/kernel/reading'
import { messageOf, PalabreError, text } from '@palabre/sdk'
import type { CommandSpec } from '@palabre/sdk/contract/command'
import { exitCodeOf } from './exit-codes.ts'
import { howToComplain, readGlobals, type Globals } from './globals.ts'
import { hostVerbIds, hostVerbs } from './host-verbs.ts'
import { Interrupted } from './interrupt.ts'
import { readCatalog } from './node-catalog.ts'
import { pluginVerbs } from './plugin-verbs.ts'
import { runProgram } from './program.ts'
import { openSettingsFiles } from './settings-files.ts'
import { createShower, type Shower } from './show.ts'
import { catchStrays } from './stray-errors.ts'

/** One run of `palabre`: reads the line, does it, answers with the exit code. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  const manner = howToComplain(argv)
  const shower = createShower(manner.language, manner.json)
  try {
    await act(readGlobals(argv), shower)
    return 0
  } catch (error) {
    if (!(error instanceof Interrupted)) shower.error(error)
    return exitCodeOf(error)
  } finally {
    // What a plugin left behind may still fail; that changes nothing of what was done.
    catchStrays((error) => shower.error(afterwards(error)))
  }
}

/** Only manifests are read here: the kernel and the plugins' code are loaded by the verbs that need them. */
async function act(globals: Globals, shower: Shower): Promise<void> {
  const { profileDir, plugins: named, profile, language } = globals
  const settings = readSettings(openSettingsFiles(profileDir, named).read(), profile)
  const catalog = readCatalog(settings)
  const { verbs: commands, faults } = pluginVerbs(catalog, settings, hostVerbIds)
  for (const fault of faults) shower.error(fault)
  if (globals.rest.length > 0) {
    const offered = commands.filter(({ shown }) => shown).map(({ spec }) => spec)
    const verbs = hostVerbs({ globals, shower, commands: offered, plugins: catalog.map(({ id }) => id) })
    return runProgram({ language, commands, verbs, run }, globals.rest)
  }
  const { welcome } = await import('./welcome.ts')
  await welcome(globals, shower)

  async function run(spec: CommandSpec, args: object) {
    const { runCommand } = await import('./run-command.ts')
    await runCommand(globals, shower, spec, args)
  }
}

function afterwards(error: unknown): PalabreError {
  const message = messageOf(error)
  const frame = (error instanceof Error ? error.stack : undefined)?.split('\n').find((line) => /^\s+at /.test(line))
  const where = frame === undefined ? '' : ` (${frame.trim()})`
  return new PalabreError(
    'plugin-failed',
    text(
      `something failed after all plugins were stopped: ${message}${where}`,
      `quelque chose a échoué après l’arrêt de tous les plugins : ${message}${where}`,
    ),
    {
      todo: text(
        'The plugin’s author must end with its scope what it began.',
        'L’auteur du plugin doit terminer avec son scope ce qu’il a commencé.',
      ),
    },
  )
}
