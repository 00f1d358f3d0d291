import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * With all folders above it, for its owner alone. Node's own `recursive` never returns where a file system answers that the way there is
 * missing though it is there, as /proc does.
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    // Another one was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
