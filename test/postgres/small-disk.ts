import { spawnSync } from 'node:child_process'
import { runsAs } from './binaries.ts'

/** What runs a command that sees a disk of so many megabytes at a folder, where nobody else sees it; undefined where that cannot be. */
export function withSmallDisk(folder: string, megabytes: number): readonly string[] | undefined {
  if (runsAs === undefined || process.platform !== 'linux') return undefined
  const { uid, gid } = runsAs
  const mount = `mount -t tmpfs -o size=${megabytes}m,mode=700,uid=${uid},gid=${gid} small "$0"`
  const script = `${mount}\nexec setpriv --reuid=${uid} --regid=${gid} --clear-groups "$@"`
  const before = ['--mount', '--', 'sh', '-ec', script, folder]
  return spawnSync('unshare', [...before, 'true']).status === 0 ? ['unshare', ...before] : undefined
}
