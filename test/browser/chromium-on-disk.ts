import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A Chromium that runs on this machine, from an npm package: nothing is downloaded or installed for it. */
export interface ChromiumOnDisk {
  readonly executable: string
  readonly env: Readonly<Record<string, string>>
}

/** Unpacks it once for all test runs. Returns the reason when none can run here. */
export function chromiumOnDisk(): ChromiumOnDisk | { readonly missing: string } {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { missing: `the Chromium of the tests is made for Linux on x64, and this is ${process.platform} on ${process.arch}` }
  }
  const folder = unpacked()
  const executable = join(folder, 'chromium')
  const env = { FONTCONFIG_FILE: join(folder, 'fonts.conf'), XDG_CACHE_HOME: folder }
  // The libraries that come with it are tried second: those of the system know the system better.
  const tries = [env, { ...env, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') }]
  let why = ''
  for (const one of tries) {
    const { status, stderr } = spawnSync(executable, ['--version'], { env: one, encoding: 'utf8' })
    if (status === 0) return { executable, env: one }
    why = stderr.trim().split('\n')[0] ?? ''
  }
  return { missing: `Chromium does not run here: ${why}` }
}

export function whyNoChromium(): string | undefined {
  const found = chromiumOnDisk()
  return 'missing' in found ? found.missing : undefined
}

function unpacked(): string {
  const cache = resolve(import.meta.dirname, '../../node_modules/.cache/palabre')
  const folder = join(cache, `chromium-${versionOf('@sparticuz/chromium')}`)
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true })
  const fresh = mkdtempSync(join(cache, 'unpacking-'))
  try {
    const unpack = fileURLToPath(new URL('./unpack-chromium.ts', import.meta.url))
    execFileSync(process.execPath, [unpack], { env: { ...process.env, TMPDIR: fresh } })
    renameSync(fresh, folder)
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    // Another test process was faster.
    if (!existsSync(folder)) throw error
  }
  return folder
}

function versionOf(packageName: string): string {
  const file = fileURLToPath(new URL('../package.json', import.meta.resolve(packageName)))
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
