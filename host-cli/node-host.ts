import { createKernel, readSettings, type Kernel, type KernelOptions, type Settings, type SettingsLayer } from '@palabre/kernel'
import { PalabreError, plural, text, type HostKind, type Language } from '@palabre/sdk'
import { Asker } from '@palabre/sdk/contract/asker'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { join } from 'node:path'
import { freezeObjectPrototype } from './freeze-prototype.ts'
import { createCallerAsker } from './caller-asker.ts'
import { fileJournal, makeProfileDir } from './boot-journal.ts'
import { folderNamed, readCatalog, type NodeCatalogEntry } from './node-catalog.ts'
import { openSettingsFiles } from './settings-files.ts'
import { spareWebClient } from './spare-web-client.ts'
import { attributeTo, catchStrays } from './stray-errors.ts'
import { watchTimers } from './stray-timers.ts'
import { createTerminalAsker, type TerminalAsker } from './terminal-asker.ts'
import { tidyOnceSettled } from './tidy-memory.ts'

// What the hosts with a face share with the terminal: how files are read, options understood, errors told and processes ended.
export { exitCodeOf } from './exit-codes.ts'
export { globalOptions, readGlobals, type Globals } from './globals.ts'
export { untilInterrupted } from './interrupt.ts'
export { entryFile, readCatalog, type NodeCatalogEntry } from './node-catalog.ts'
export { projectRoot } from './places.ts'
export { openSettingsFiles } from './settings-files.ts'
export { createShower, type Shower } from './show.ts'
export { readNote } from './hold-file.ts'
export { held, isHeldOtherwise, waitForTurn } from './other-holder.ts'
export { HolderLeft, runAttached } from './attached-run.ts'
export type { AttachedCall } from './hold-door.ts'
export { openClaim, type Claim } from './profile-claim.ts'
export { serveAttached } from './serve-attached.ts'

export interface NodeHostOptions {
  readonly host: HostKind
  readonly profileDir: string
  /** In place of the person's own plugins.json. */
  readonly pluginsFile?: string | undefined
  readonly profile?: string | undefined
  /** Of questions asked on the terminal. */
  readonly language?: Language
  /** What the host itself must tell plugins, laid over everything. */
  readonly overlay?: SettingsLayer
  /** What the host lends besides a folder and somebody to ask. */
  readonly lend?: KernelOptions['lend']
}

/** A kernel in Node, with its plugins read from disk. The desktop host is this with a window in front. */
export interface NodeHost {
  readonly kernel: Kernel
  /** The file that `palabre plugins enable` edits. */
  readonly settingsFile: string
  /** All of it, or these plugins with what they need. */
  start(only?: readonly string[]): Promise<void>
  /** Asks the person at this terminal. */
  readonly asker: TerminalAsker
  /** What plugins want to know meanwhile is asked there, until the signal. */
  askingAt<T>(asker: Asker, signal: AbortSignal, fn: () => T): T
  /** Takes plugins.json as it stands now. One that does not hold changes nothing and fails. */
  reload(): Promise<void>
  /** Takes edits of plugins.json as they are saved; what is wrong with them is told. */
  follow(onFault: (error: unknown) => void): Disposable
  stop(): Promise<void>
}

/** Reads everything and checks it; throws before anything has started. */
export function openNodeHost(options: NodeHostOptions): NodeHost {
  refuseKeyDump()
  freezeObjectPrototype()
  spareWebClient()
  // Native libraries read the report to learn their platform, and it would ask DNS for the name of every address a socket has.
  Object.assign(process.report, { excludeNetwork: true })
  makeProfileDir(options.profileDir)

  const { profileDir, pluginsFile: named, profile } = options
  const files = openSettingsFiles(profileDir, named, { profile })
  const read = () => readSettings([...files.read(), ...(options.overlay === undefined ? [] : [options.overlay])], options.profile)
  const settings = read()
  const catalog = readCatalog(settings)
  const attribution = attributeTo(catalog)
  const timers = watchTimers(attribution.current)
  const { stdin: input, stderr: output, env } = process
  const interrupt = () => void process.kill(process.pid, 'SIGINT')
  const asker = createTerminalAsker({ language: options.language ?? 'en', input, output, env, interrupt })
  const callers = createCallerAsker(asker)
  const kernel = createKernel({
    host: options.host,
    catalog,
    settings,
    lend: [
      { token: ProfileFolder, value: { file: (name) => join(profileDir, name) } satisfies ProfileFolder },
      { token: Asker, value: callers.asker },
      ...(options.lend ?? []),
    ],
    remember: (change) => files.edit(change),
    journal: fileJournal(options.profileDir, options.host),
    within: attribution.within,
    timers: timers.unwatched,
  })

  const strays = catchStrays((error) => kernel.blame(error, attribution.ownerOf(error)))
  const watching = kernel.plugins.watch(({ id, state }) => {
    if (state === 'starting' || state === 'running' || state === 'stopping') return
    const left = timers.reclaim(id)
    if (left > 0) kernel.note(id, leftTimers(id, left))
  })

  async function reload(): Promise<void> {
    const now = read()
    refuseNewcomers(now, catalog)
    await kernel.apply(now)
  }

  const afterStart = new DisposableStack()
  return {
    kernel,
    settingsFile: files.own,
    async start(only) {
      await kernel.start(only)
      afterStart.use(tidyOnceSettled())
    },
    asker,
    askingAt: callers.within,
    reload,
    follow: (onFault) => files.follow(() => void reload().catch(onFault)),
    async stop() {
      await kernel.stop()
      for (const one of [afterStart, watching, strays, timers]) one[Symbol.dispose]()
    },
  }
}

/** With this variable the noise channel would write its session keys to a file. */
function refuseKeyDump(): void {
  if (process.env['DUMP_SESSION_KEYS'] === undefined) return
  throw new PalabreError(
    'denied',
    text(
      'DUMP_SESSION_KEYS is set: it would write the keys of every connection to disk',
      'DUMP_SESSION_KEYS est défini : il écrirait sur le disque les clés de chaque connexion',
    ),
    {
      todo: text('Unset it, then start again.', 'Supprimez cette variable, puis relancez.'),
    },
  )
}

/** The catalog is read once: code that was not known at the start is not taken in later. */
function refuseNewcomers({ plugins }: Settings, catalog: readonly NodeCatalogEntry[]): void {
  for (const [id, { from, said }] of plugins) {
    if (from === undefined || catalog.some((entry) => entry.id === id && entry.folder === folderNamed(from, id, said))) continue
    throw new PalabreError(
      'bad-settings',
      text(
        `${said}/from: "${id}" was not there when Palabre started; nothing was changed`,
        `${said}/from : « ${id} » n’était pas là au démarrage de Palabre ; rien n’a été changé`,
      ),
      { todo: text('Start Palabre again to take it in.', 'Relancez Palabre pour le prendre en compte.') },
    )
  }
}

function leftTimers(id: string, count: number): PalabreError {
  const left = plural(count, {
    en: { one: '# timer, which was stopped', other: '# timers, which were stopped' },
    fr: { one: '# minuterie, qui a été arrêtée', other: '# minuteries, qui ont été arrêtées' },
  })
  return new PalabreError('bad-plugin', text(`${id} left behind: ${left.en}`, `${id} a laissé derrière lui : ${left.fr}`), {
    todo: text('Its author must use scope.every or scope.after.', 'Son auteur doit utiliser scope.every ou scope.after.'),
  })
}
