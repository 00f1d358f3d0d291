import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BootJournal } from '@palabre/kernel'
import { PalabreError, text } from '@palabre/sdk'
import { makeFolder } from './make-folder.ts'

/** Which plugins were starting, kept in the profile folder. What is written survives our death, though not the machine's. */
export function fileJournal(profileDir: string, host: string): BootJournal {
  const file = join(profileDir, `boot-${host}.json`)
  return {
    load() {
      try {
        const { pid, ...saved } = JSON.parse(readFileSync(file, 'utf8')) as { pid?: number }
        // What another process is starting at this moment did not kill it.
        return JSON.stringify(isAlive(pid) ? { ...saved, starting: [] } : saved)
      } catch {
        return undefined
      }
    },
    save(content) {
      try {
        writeFileSync(file, JSON.stringify({ pid: process.pid, ...(JSON.parse(content) as object) }), { mode: 0o600 })
      } catch {
        // A profile folder that cannot be written must not keep Palabre from starting; safe mode is what is lost.
      }
    },
  }
}

export function makeProfileDir(profileDir: string): void {
  try {
    makeFolder(profileDir)
  } catch (error) {
    const { message } = error as Error
    throw new PalabreError(
      'storage-failed',
      text(`the profile folder cannot be made: ${message}`, `le dossier du profil ne peut être créé : ${message}`),
      { todo: text('Name another one with --profile-dir.', 'Nommez-en un autre avec --profile-dir.'), cause: error },
    )
  }
}

function isAlive(pid: number | undefined): boolean {
  if (pid === undefined || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
