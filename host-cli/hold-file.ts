import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { messageOf, PalabreError, text } from '@palabre/sdk'
import { makeFolder } from './make-folder.ts'

/** What whoever holds the profile folder says of itself, for those who come later. */
export interface HoldNote {
  readonly version: number
  readonly pid: number
  readonly host: string
  /** Which plugins.json and which profile it runs with. */
  readonly plugins: string | null
  readonly profile: string | null
  /** Where commands can be run in it, and what shows that one may read the profile folder; null: it ends by itself soon. */
  readonly door: { readonly address: string; readonly secret: string } | null
}

export const holdVersion = 1

/**
 * A lock of the operating system, which ends with our process however that ends. SQLite takes it in the same way on each system,
 * where Node has no such call; there is nothing in the file.
 */
export async function lockFile(file: string): Promise<Disposable | undefined> {
  const { DatabaseSync } = await import('node:sqlite')
  try {
    closeSync(openSync(file, 'a', 0o600))
    const lock = new DatabaseSync(file, { timeout: 0 })
    try {
      lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
      return { [Symbol.dispose]: () => lock.close() }
    } catch (error) {
      lock.close()
      if ((error as { errcode?: number }).errcode === busy) return undefined
      throw error
    }
  } catch (error) {
    throw cannotLock(file, error)
  }
}

const busy = 5

/** For what takes a moment: whoever has it is waited for. */
export async function lockInTurn(file: string): Promise<Disposable> {
  for (;;) {
    const lock = await lockFile(file)
    if (lock !== undefined) return lock
    await sleep(5 + Math.random() * 10)
  }
}

/** Undefined when there is none, or it makes no sense. */
export function readNote(profileDir: string): HoldNote | undefined {
  try {
    const note = JSON.parse(readFileSync(noteFile(profileDir), 'utf8')) as Partial<HoldNote>
    const { pid, host, version, door } = note
    const isDoor = door === null || (typeof door?.address === 'string' && typeof door.secret === 'string')
    return typeof pid === 'number' && typeof host === 'string' && typeof version === 'number' && isDoor
      ? (note as HoldNote)
      : undefined
  } catch {
    return undefined
  }
}

/** Appears whole. */
export function writeNote(profileDir: string, note: HoldNote): void {
  const beside = `${noteFile(profileDir)}.${process.pid}.new`
  try {
    writeFileSync(beside, JSON.stringify(note), { mode: 0o600 })
    renameSync(beside, noteFile(profileDir))
  } catch (error) {
    throw cannotLock(noteFile(profileDir), error)
  }
}

export function removeNote(profileDir: string): void {
  rmSync(noteFile(profileDir), { force: true })
}

export function makeHoldable(profileDir: string): void {
  try {
    makeFolder(profileDir)
  } catch (error) {
    throw cannotLock(profileDir, error)
  }
}

function noteFile(profileDir: string): string {
  return join(profileDir, 'running.json')
}

function cannotLock(file: string, cause: unknown): PalabreError {
  const why = messageOf(cause)
  return new PalabreError('storage-failed', text(`${file} cannot be written: ${why}`, `${file} ne peut être écrit : ${why}`), {
    cause,
    todo: text('Name a folder of your own: --profile-dir', 'Nommez un dossier à vous : --profile-dir'),
  })
}
