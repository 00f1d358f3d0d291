import { existsSync, readFileSync, realpathSync, renameSync, rmSync, statSync, watch, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { PalabreError, text } from '@palabre/sdk'
import type { SettingsChange } from '@palabre/kernel'
import { readSettings, type SettingsLayer } from '@palabre/kernel/reading'
import { makeFolder } from './make-folder.ts'
import { lockInTurn, makeHoldable } from './hold-file.ts'
import { projectRoot } from './places.ts'

/** The shipped plugins.json, and over it the person's own (or the one named by --plugins). */
export interface SettingsFiles {
  /** The file that commands edit. */
  readonly own: string
  read(): SettingsLayer[]
  /** Writes one change into the own file and keeps its formatting and everything else in it; refuses a file that does not hold. */
  edit(change: SettingsChange): Promise<void>
  /** Calls back when what either file says was changed by hand. */
  follow(changed: () => void): Disposable
}

export interface SettingsOptions {
  /** The profile that runs, whose entries have the last word. */
  readonly profile?: string | undefined
  readonly shipped?: string
}

export function openSettingsFiles(
  profileDir: string,
  named: string | undefined,
  { profile, shipped = shippedSettings }: SettingsOptions = {},
): SettingsFiles {
  const own = named ?? join(profileDir, 'plugins.json')
  return {
    own,
    read() {
      const ownJson = readIfThere(own)
      if (ownJson === undefined && named !== undefined) throw missing(named)
      const layers = [{ source: shipped, json: readIfThere(shipped) ?? '{}' }]
      return ownJson === undefined ? layers : [...layers, { source: own, json: ownJson }]
    },
    async edit(change) {
      // Only changes need a parser that keeps every character; help and answers come without.
      const { edited } = await import('./settings-edit.ts')
      // What cannot be read is told as that.
      readIfThere(own)
      makeHoldable(profileDir)
      using _turn = await lockInTurn(join(profileDir, 'plugins.lock'))
      const before = readIfThere(own) ?? '{}\n'
      readSettings([{ source: own, json: before }])
      const after = edited(before, change, profile)
      // What the next start would refuse is not written either.
      readSettings([{ source: own, json: after }])
      writeWhole(own, after)
    },
    follow: (changed) => followFiles([shipped, own], changed),
  }
}

const shippedSettings = join(projectRoot, 'plugins.json')

/** A reader sees the file before or after, never half. A link stays a link, and a file keeps its permissions. */
function writeWhole(file: string, content: string): void {
  const target = existsSync(file) ? realpathSync(file) : file
  const beside = `${target}.${process.pid}.new`
  try {
    makeFolder(dirname(target))
    writeFileSync(beside, content, { mode: existsSync(target) ? statSync(target).mode & 0o777 : 0o600 })
    renameSync(beside, target)
  } catch (error) {
    if (existsSync(beside)) rmSync(beside)
    const { message } = error as Error
    throw new PalabreError(
      'storage-failed',
      text(`${file} cannot be written: ${message}`, `${file} ne peut être écrit : ${message}`),
      {
        todo: text('Make the file and its folder writable.', 'Rendez le fichier et son dossier accessibles en écriture.'),
        cause: error,
      },
    )
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    const { message } = error as Error
    throw new PalabreError('bad-settings', text(`${file} cannot be read: ${message}`, `${file} ne peut être lu : ${message}`), {
      todo: text('Make it a file that can be read.', 'Faites-en un fichier lisible.'),
      cause: error,
    })
  }
}

/** Watches folders and not files: editors replace a file, and a watch on it would follow the old one. */
function followFiles(files: readonly string[], changed: () => void): Disposable {
  const places = new Set(files.flatMap((file) => (existsSync(file) ? [file, realpathSync(file)] : [file])))
  const said = () => files.map(contentOf).join('\u0000')
  let before = said()
  let timer: NodeJS.Timeout | undefined
  const soon = () => {
    clearTimeout(timer)
    // An editor writes in several steps; the last one counts.
    timer = setTimeout(() => {
      const now = said()
      if (now === before) return
      before = now
      changed()
    }, 60)
  }
  const watchers = [...places].map((file) => {
    makeFolder(dirname(file))
    return watch(dirname(file), { persistent: false }, (_event, name) => {
      if (name === null || name === basename(file)) soon()
    })
  })
  return {
    [Symbol.dispose]() {
      clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
    },
  }
}

/** Whatever keeps it from being read is told by whoever reads it for good. */
function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code)
  }
}

function missing(file: string): PalabreError {
  return new PalabreError('bad-settings', text(`there is no file ${file}`, `il n’y a pas de fichier ${file}`), {
    todo: text('Name an existing one after --plugins.', 'Nommez un fichier existant après --plugins.'),
  })
}
