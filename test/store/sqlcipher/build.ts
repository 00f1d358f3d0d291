import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** SQLCipher as its authors publish it, in one C file; npm carries it inside this package (BSD-3-Clause). */
const source = {
  name: '@journeyapps/sqlcipher@6.0.0',
  sha512: 'YmWSQIR4cnv+5L38lYJoS/dIF/+bEZBaACATbeTyq4XKjMHcxdIlFnElBLiIqa9rwseOIimIYjudgOOCovud3Q==',
}

/** As its own build file has it. */
const defines = [
  'HAVE_STDINT_H=1',
  'NDEBUG',
  'SQLITE_ENABLE_FTS5',
  'SQLITE_EXTRA_INIT=sqlcipher_extra_init',
  'SQLITE_EXTRA_SHUTDOWN=sqlcipher_extra_shutdown',
  'SQLITE_HAS_CODEC',
  'SQLITE_TEMP_STORE=2',
]

export type Ask = (file: string, key: Uint8Array, query: string) => { readonly rows: readonly string[]; readonly error: string }

/** Compiles SQLCipher in this folder; the reason when this machine cannot. */
export function buildSqlcipher(folder: string): { readonly ask: Ask } | { readonly missing: string } {
  const steps: readonly (readonly [string, ...string[]])[] = [
    ['npm', 'pack', '--silent', source.name],
    ['tar', '-xzf', tarball],
    ['cc', ...defines.map((one) => `-D${one}`), '-w', `-I${amalgamation}`, ...cFiles, '-lcrypto', '-lm', '-lpthread', '-o', 'ask'],
  ]
  for (const [program, ...args] of steps) {
    const { status, stderr, error } = spawnSync(program, args, { cwd: folder, encoding: 'utf8', timeout: 120_000 })
    if (status !== 0) return { missing: `${program}: ${error?.message ?? stderr.trim().split('\n')[0]}` }
    if (program === 'npm') verify(join(folder, tarball))
  }
  return { ask: (file, key, query) => askWith(join(folder, 'ask'), file, key, query) }
}

const tarball = 'journeyapps-sqlcipher-6.0.0.tgz'
const amalgamation = 'package/deps/sqlcipher-amalgamation'
const cFiles = [join(import.meta.dirname, 'ask.c'), `${amalgamation}/sqlite3.c`]

function verify(file: string): void {
  const found = createHash('sha512').update(readFileSync(file)).digest('base64')
  if (found !== source.sha512) throw new Error(`${source.name} is not the one that was looked at: ${found}`)
}

function askWith(program: string, file: string, key: Uint8Array, query: string) {
  const input = `${Buffer.from(key).toString('hex')}\n`
  const { stdout, stderr } = spawnSync(program, [file, query], { input, encoding: 'utf8', timeout: 60_000 })
  return { rows: stdout.split('\n').filter((row) => row !== ''), error: stderr.trim() }
}
