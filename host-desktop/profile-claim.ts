import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf, PalabreError, text } from '@palabre/sdk'
import { askRunning, openControl, type Control, type Running, type ShowWanted } from './control.ts'

/** Held by the one Palabre of a profile folder for as long as it runs. */
export interface Claim extends AsyncDisposable {
  /** Answers those who start after us; whoever asks before that waits. */
  serve(show: ShowWanted): void
}

/** What the lock file says: where the holder can be asked, and what shows that one may read the profile folder. */
interface LockNote {
  readonly pid: number
  readonly address: string
  readonly secret: string
}

/**
 * The lock is a file that appears whole or not at all. It counts while its holder answers, so that one left by a Palabre that was
 * killed keeps nobody out.
 */
export async function claimProfile(profileDir: string): Promise<{ claim: Claim } | { running: Running }> {
  const lock = join(profileDir, 'desktop.lock')
  const control = await openControlIn(profileDir)
  const { address, secret } = control
  const note: LockNote = { pid: process.pid, address, secret }
  try {
    while (!placeLock(lock, note)) {
      const holder = readLock(lock)
      const answers = holder === undefined ? undefined : await askRunning(holder)
      if (answers !== undefined) {
        await control[Symbol.asyncDispose]()
        return { running: answers }
      }
      takeAway(lock, holder)
    }
  } catch (error) {
    await control[Symbol.asyncDispose]()
    throw error
  }
  return { claim: claimOf(lock, note, control) }
}

async function openControlIn(profileDir: string): Promise<Control> {
  try {
    mkdirSync(profileDir, { recursive: true, mode: 0o700 })
    return await openControl(profileDir)
  } catch (error) {
    throw cannotLock(profileDir, error)
  }
}

function claimOf(lock: string, note: LockNote, control: Control): Claim {
  return {
    serve: control.serve,
    async [Symbol.asyncDispose]() {
      if (readLock(lock)?.secret === note.secret) rmSync(lock, { force: true })
      await control[Symbol.asyncDispose]()
    },
  }
}

/** False when there is a lock already. A link is made whole, and never over another. */
function placeLock(lock: string, note: LockNote): boolean {
  const beside = besideOf(lock)
  try {
    writeFileSync(beside, JSON.stringify(note), { mode: 0o600, flag: 'wx' })
    linkSync(beside, lock)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw cannotLock(lock, error)
  } finally {
    rmSync(beside, { force: true })
  }
}

/** Undefined when it is gone or makes no sense. */
function readLock(lock: string): LockNote | undefined {
  try {
    const { pid, address, secret } = JSON.parse(readFileSync(lock, 'utf8')) as Partial<LockNote>
    const isNote = typeof pid === 'number' && typeof address === 'string' && typeof secret === 'string'
    return isNote ? { pid, address, secret } : undefined
  } catch {
    return undefined
  }
}

/** Moved aside first: only one can do that. If it turns out that another one has put his own there meanwhile, it is put back. */
function takeAway(lock: string, holder: LockNote | undefined): void {
  const aside = besideOf(lock)
  try {
    renameSync(lock, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw cannotLock(lock, error)
  }
  try {
    if (readLock(aside)?.secret !== holder?.secret) linkSync(aside, lock)
    else if (holder !== undefined && process.platform !== 'win32') rmSync(holder.address, { force: true })
  } finally {
    rmSync(aside, { force: true })
  }
}

function besideOf(lock: string): string {
  return `${lock}.${randomBytes(6).toString('hex')}`
}

function cannotLock(lock: string, cause: unknown): PalabreError {
  const why = messageOf(cause)
  return new PalabreError('storage-failed', text(`${lock} cannot be written: ${why}`, `${lock} ne peut être écrit : ${why}`), {
    cause,
    todo: text('Name a folder of your own: --profile-dir', 'Nommez un dossier à vous : --profile-dir'),
  })
}
