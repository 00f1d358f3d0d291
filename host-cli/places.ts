import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** The folder that holds the rooms of the house. */
export const projectRoot = resolve(import.meta.dirname, '..')

/** Where a person's own files live when they name no other place. */
export function defaultProfileDir(env: NodeJS.ProcessEnv = process.env): string {
  const named = env['PALABRE_PROFILE_DIR']
  if (named !== undefined && named !== '') return resolve(named)
  if (process.platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Palabre')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Palabre')
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'palabre')
}
