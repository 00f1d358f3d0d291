import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BootJournal } from '@palabre/kernel'

/** Which plugins were starting, kept in the profile folder. What is written survives our death, though not the machine's. */
export function fileJournal(profileDir: string, host: string): BootJournal {
  const file = join(profileDir, `boot-${host}.json`)
  return {
    load() {
      try {
        return readFileSync(file, 'utf8')
      } catch {
        return undefined
      }
    },
    save(content) {
      try {
        writeFileSync(file, content, { mode: 0o600 })
      } catch {
        // A profile folder that cannot be written must not keep Palabre from starting; safe mode is what is lost.
      }
    },
  }
}

export function makeProfileDir(profileDir: string): void {
  mkdirSync(profileDir, { recursive: true, mode: 0o700 })
}
