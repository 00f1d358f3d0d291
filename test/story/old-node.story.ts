// slow, limit: 600 s
// From nothing but an old Node with its npm, an empty npm cache and the registry this machine is set up for.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { makeTinyProject, ordinaryEnvironment } from './ready/tiny-project.ts'

const wanted = { 18: '18.20.8', 20: '20.20.2' }
const folder = mkdtempSync(join(tmpdir(), 'palabre-old-'))
test.after(() => rmSync(folder, { recursive: true, force: true }))

for (const [major, version] of Object.entries(wanted)) {
  const { node, why } = fetchOldNode(major, version)
  if (!node) console.log(`SKIPPED: no Node ${version} to try: ${why}`)
  const check = node ? test : test.skip
  check(`Node ${major} fetches its successor, installs with it, and the script runs on that`, async () => {
    const { version: pinned, integrity } = lockedKleur()
    using project = makeTinyProject('kleur', pinned, integrity)
    const env = { node, PATH: `${dirname(String(node))}:${process.env['PATH']}` }
    const first = await project.start(['hello'], env).ended
    assert.is(first.code, 0, first.stderr)
    assert.match(first.stderr, new RegExp(`This is Node ${version}; Palabre runs on Node 24 or newer. Fetching Node \\d+`))
    assert.match(first.stderr, 'Installing the packages')
    const said = JSON.parse(first.stdout)
    assert.ok(Number(/^v(\d+)/.exec(said.node)?.[1]) >= 24)
    assert.equal(said, { node: said.node, inherited: said.node, found: true, task: 'hello', rest: [] })
    const next = await project.start(['hello'], env).ended
    assert.equal([next.code, next.stdout, next.stderr], [0, first.stdout, ''])
    console.log(`MEASURED: from Node ${version}, first call ${Math.round(first.ms)} ms, second ${Math.round(next.ms)} ms`)
    assert.ok(next.ms < 2000)
  })
}

function fetchOldNode(major: string, version: string): { node?: string; why?: string } {
  const name = `node-${process.platform}-${process.arch}`
  const { status, stderr } = spawnSync('npm', ['install', '--no-save', '--prefix', join(folder, major), `${name}@${version}`], {
    encoding: 'utf8',
    env: ordinaryEnvironment(),
  })
  if (status === 0) return { node: join(folder, major, 'node_modules', name, 'bin', 'node') }
  return { why: /^npm error (?!code).*/m.exec(stderr)?.[0] ?? 'npm failed' }
}

/** Any small package will do; this one the repository has locked anyway. */
function lockedKleur(): { version: string; integrity: string } {
  const lock = JSON.parse(readFileSync(join(dirname(dirname(import.meta.dirname)), 'package-lock.json'), 'utf8'))
  return lock.packages['node_modules/kleur']
}

test.run()
