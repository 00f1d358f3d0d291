import { mkdirSync, readFileSync, renameSync, watch, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { PalabreError, text } from '@palabre/sdk'
import type { SettingsChange, SettingsLayer } from '@palabre/kernel'
import { applyEdits, modify, parse } from 'jsonc-parser'
import { projectRoot } from './places.ts'

/** The shipped plugins.json, and over it the person's own (or the one named by --plugins). */
export interface SettingsFiles {
  /** The file that commands edit. */
  readonly own: string
  read(): SettingsLayer[]
  /** Writes one change into the own file and keeps its formatting and everything else in it. */
  edit(change: SettingsChange): void
  /** Calls back when either file was edited by hand. */
  follow(changed: () => void): Disposable
}

export function openSettingsFiles(profileDir: string, named: string | undefined): SettingsFiles {
  const shipped = join(projectRoot, 'plugins.json')
  const own = named ?? join(profileDir, 'plugins.json')
  return {
    own,
    read() {
      const ownJson = readIfThere(own)
      if (ownJson === undefined && named !== undefined) throw missing(named)
      const layers = [{ source: shipped, json: readIfThere(shipped) ?? '{}' }]
      return ownJson === undefined ? layers : [...layers, { source: own, json: ownJson }]
    },
    edit(change) {
      mkdirSync(dirname(own), { recursive: true })
      writeWhole(own, edited(readIfThere(own) ?? '{}\n', change))
    },
    follow: (changed) => followFiles([shipped, own], changed),
  }
}

/** Exported for its tests: the text of plugins.json with one change made. */
export function edited(json: string, { plugin, enabled, config }: SettingsChange): string {
  const path = ['plugins', plugin]
  const file = parse(json) as { plugins?: Record<string, unknown> } | undefined
  const before = file?.plugins?.[plugin]
  const isObject = typeof before === 'object' && before !== null
  if (enabled !== undefined) return withValue(json, isObject ? [...path, 'enabled'] : path, enabled)
  if (!isObject) return withValue(json, path, { ...(before === undefined ? {} : { enabled: before }), config })
  let now = json
  for (const [key, value] of Object.entries(config ?? {})) now = withValue(now, [...path, 'config', key], value)
  return now
}

function withValue(json: string, path: string[], value: unknown): string {
  const formattingOptions = {
    insertSpaces: !/^\t/m.test(json),
    tabSize: /^( +)\S/m.exec(json)?.[1]?.length ?? 2,
    eol: json.includes('\r\n') ? '\r\n' : '\n',
  }
  return applyEdits(json, modify(json, path, value, { formattingOptions }))
}

/** A reader sees the file before or after, never half. */
function writeWhole(file: string, content: string): void {
  const beside = `${file}.${process.pid}.new`
  try {
    writeFileSync(beside, content, { mode: 0o600 })
    renameSync(beside, file)
  } catch (error) {
    throw new PalabreError(
      'storage-failed',
      text(`${file} cannot be written: ${(error as Error).message}`, `${file} ne peut être écrit : ${(error as Error).message}`),
      {
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
    throw new PalabreError(
      'bad-settings',
      text(`${file} cannot be read: ${(error as Error).message}`, `${file} ne peut être lu : ${(error as Error).message}`),
      { cause: error },
    )
  }
}

/** Watches folders and not files: editors replace a file, and a watch on it would follow the old one. */
function followFiles(files: readonly string[], changed: () => void): Disposable {
  let timer: NodeJS.Timeout | undefined
  const soon = () => {
    clearTimeout(timer)
    // An editor writes in several steps; the last one counts.
    timer = setTimeout(changed, 60)
  }
  const watchers = files.map((file) => {
    mkdirSync(dirname(file), { recursive: true })
    return watch(dirname(file), { persistent: false }, (_event, name) => {
      if (name === basename(file)) soon()
    })
  })
  return {
    [Symbol.dispose]() {
      clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
    },
  }
}

function missing(file: string): PalabreError {
  return new PalabreError('bad-settings', text(`there is no file ${file}`, `il n’y a pas de fichier ${file}`), {
    todo: text('Name an existing one after --plugins.', 'Nommez un fichier existant après --plugins.'),
  })
}
