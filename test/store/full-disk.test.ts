import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

/** Of util-linux, as `mount` is. */
const ownNamespace = 'unshare'
const name = 'a full disk is told in clear words and loses nothing, and when there is room again it goes on'
const missing = whyNoDisk()
if (missing === undefined) test(name, fillDisk)
else {
  console.log(`SKIPPED: ${name}: ${missing}`)
  test.skip(name)
}

/** On a real file system of 2 MB, mounted where nobody but this process sees it. */
function fillDisk(): void {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-full-'))
  const script = fileURLToPath(new URL('./disk-filler.ts', import.meta.url))
  const { stdout, stderr, status } = onSmallDisk(folder, process.execPath, script, folder)
  rmdirSync(folder)
  assert.is(status, 0, stderr)
  const { answered, readable, kept, refusal, refusedAgain } = JSON.parse(stdout) as Record<string, unknown> & { answered: number }
  assert.ok(answered > 5, `${answered} fit`)
  assert.equal([readable, kept], [answered, answered + 1])
  const [code, { en, fr }, todo] = refusal as [string, { en: string; fr: string }, { en: string }]
  assert.is(code, 'storage-failed')
  assert.match(en, 'no room left on the disk')
  assert.match(fr, 'plus de place sur le disque')
  assert.match(todo.en, 'Nothing was lost')
  assert.is((refusedAgain as [string])[0], 'storage-failed')
}

function onSmallDisk(folder: string, ...command: string[]) {
  const script = 'mount -t tmpfs -o size=2m,mode=700 small "$1" && shift && exec "$@"'
  return spawnSync(ownNamespace, ['--mount', '--map-root-user', 'sh', '-c', script, 'sh', folder, ...command], {
    encoding: 'utf8',
    timeout: 60_000,
  })
}

function whyNoDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-full-'))
  const { status, stderr, error } = onSmallDisk(folder, 'true')
  rmdirSync(folder)
  return status === 0 ? undefined : (error?.message ?? stderr.trim())
}

test.run()
