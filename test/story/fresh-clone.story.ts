// slow, limit: 600 s
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const root = resolve(import.meta.dirname, '../..')
const here = dirname(process.execPath)
const withoutOurNode = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== here)

for (const [whose, path] of [
  ['the Node of this machine', withoutOurNode],
  [`Node ${process.versions.node}`, [here, ...withoutOurNode]],
] as const) {
  test(`a fresh clone with an empty cache is set up by its first command, under ${whose}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'palabre-clone-'))
    try {
      execFileSync('git', ['clone', '--quiet', root, join(folder, 'palabre')])
      const first = palabre(folder, path)
      assert.is(first.status, 0, first.stderr)
      assert.match(JSON.parse(first.stdout).id, 'clock-system')
      const again = palabre(folder, path)
      assert.is(again.status, 0, again.stderr)
      assert.is(again.stderr, '', 'the second call has nothing to set up')
      console.log(`MEASURED: ${whose}: first call ${seconds(first.ms)}, second ${seconds(again.ms)}`)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
}

test.run()

function palabre(folder: string, path: readonly string[]) {
  const env = {
    ...process.env,
    PATH: path.join(delimiter),
    LC_ALL: 'C.UTF-8',
    npm_config_cache: join(folder, 'cache'),
    PALABRE_PROFILE_DIR: join(folder, 'profile'),
  }
  const begun = performance.now()
  const args = ['run', '--silent', 'palabre', '--', 'plugins', 'why', 'clock-system', '--json']
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: join(folder, 'palabre'), env, encoding: 'utf8' })
  return { status, stdout: stdout === '' ? '{}' : flat(stdout), stderr: withoutNpm(stderr), ms: performance.now() - begun }
}

/** The plugin of the answer is all that is looked at. */
function flat(json: string): string {
  return JSON.stringify((JSON.parse(json) as { plugin: unknown }).plugin)
}

/** npm's own remarks about the machine's configuration are not ours. */
function withoutNpm(stderr: string): string {
  return stderr.replace(/^npm warn .*\n/gm, '')
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
