import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

test('a host that serves HTTP does not load the web client of Node, which is there for whoever asks for it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-web-client-'))
  const script = `
    import { openNodeHost } from './node-host.ts'
    const isLoaded = () => process.moduleLoadList.some((name) => name.includes('undici/undici'))
    openNodeHost({ host: 'cli', profileDir: ${JSON.stringify(folder)} })
    const { createServer } = await import('node:http')
    const before = isLoaded()
    const { status } = await fetch('data:,here')
    console.log(typeof createServer, typeof WebSocket, status, before, isLoaded())
    process.exit()`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  })
  rmSync(folder, { recursive: true })
  assert.is(stderr, '')
  assert.is(stdout.trim(), 'function function 200 false true')
})

test.run()
