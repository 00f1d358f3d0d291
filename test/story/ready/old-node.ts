import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A Node on this machine that cannot run us: the system's own, as it stands in PATH behind the one we run on. */
export function findOldNode(): { path: string; major: number } | undefined {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, 'node')
    if (!existsSync(path)) continue
    const major = Number(spawnSync(path, ['-p', 'process.versions.node.split(".")[0]'], { encoding: 'utf8' }).stdout)
    if (major >= 18 && major < 24) return { path, major }
  }
  return undefined
}
