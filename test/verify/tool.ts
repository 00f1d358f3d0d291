import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { houseRoot } from '../house/read-house.ts'

export interface Ran {
  readonly ok: boolean
  readonly output: string
}

/** Runs a script with the Node that runs us, at the root. */
export function runScript(script: string, args: readonly string[]): Promise<Ran> {
  const { promise, resolve, reject } = Promise.withResolvers<Ran>()
  execFile(process.execPath, [script, ...args], { cwd: houseRoot, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
    if (typeof error?.code === 'string') reject(error)
    else resolve({ ok: error === null, output: stdout + stderr })
  })
  return promise
}

/** The script behind an installed command, as its package declares it: the links in `.bin` are not scripts on every system. */
export function scriptOf(packageName: string, command = packageName): string {
  const folder = join(houseRoot, 'node_modules', packageName)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { bin: Record<string, string> }
  return join(folder, bin[command]!)
}
