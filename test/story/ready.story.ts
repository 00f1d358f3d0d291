// The entrance of every script, with a real npm and a registry of our own on loopback.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { findOldNode } from './ready/old-node.ts'
import { makeTinyProject, ordinaryEnvironment, type Ended } from './ready/tiny-project.ts'
import { startTinyRegistry, type TinyRegistry } from './ready/tiny-registry.ts'

const oldNode = findOldNode()
const withOldNode = oldNode ? test : test.skip
if (!oldNode) console.log('SKIPPED: no Node between 18 and 23 on this machine; test/story/old-node.story.ts fetches them')

let registry: TinyRegistry
test.before(async () => {
  registry = await startTinyRegistry()
})
test.after(() => registry[Symbol.asyncDispose]())

/** npm tries again at once. */
const impatient = { npm_config_fetch_retry_mintimeout: '10' }

const makeProject = (settings: NodeJS.ProcessEnv = {}) =>
  makeTinyProject('pebble', '1.0.0', registry.integrity, { ...impatient, npm_config_registry: registry.origin, ...settings })

function assertHello({ code, stdout, stderr }: Ended, task?: string, ...rest: string[]) {
  assert.is(code, 0, stderr)
  assert.equal(JSON.parse(stdout), {
    node: process.version,
    inherited: process.version,
    found: true,
    ...(task ? { task } : {}),
    rest,
  })
}

test('the first call installs and says so on stderr, the next ones only run the script', async () => {
  using project = makeProject()
  const first = await project.start(['fail', '--json']).ended
  assert.match(first.stderr, 'Installing the packages that package-lock.json names')
  assert.match(first.stderr, /Ready after \d+ s/)
  assert.equal(JSON.parse(first.stdout).rest, ['--json'])
  assert.is(first.code, 3)
  const asked = registry.seen.length
  const next = await project.start(['again']).ended
  assertHello(next, 'again')
  assert.is(next.stderr, '')
  assert.is(registry.seen.length, asked)
  assert.ok(costOfEntrance(project.folder, process.execPath) < 1000)
})

test('a changed lock file and another major of Node install again', async () => {
  using project = makeProject()
  assertHello(await project.start().ended)
  const lock = join(project.folder, 'package-lock.json')
  writeFileSync(lock, `${readFileSync(lock, 'utf8')}\n`)
  const changed = await project.start().ended
  assertHello(changed)
  assert.match(changed.stderr, 'package-lock.json has changed')
  writeFileSync(project.stamp, readFileSync(project.stamp, 'utf8').replace(/"node":"\d+/, '"node":"22'))
  const other = await project.start([], { LC_ALL: 'fr_CA.UTF-8' }).ended
  assertHello(other)
  assert.match(other.stderr, /node_modules a été fait pour Node 22 /)
  assert.is((await project.start().ended).stderr, '')
})

test('an installation that was killed is repaired at the next call', async () => {
  using project = makeProject()
  const waiting = registry.hold()
  const first = project.start()
  await waiting
  first.killGroup()
  await first.ended
  registry.release()
  assert.ok(existsSync(project.turn))
  const next = await project.start().ended
  assertHello(next)
  assert.match(next.stderr, 'The other call has gone without finishing')
  assert.not.ok(existsSync(project.turn))
})

test('an installation that was killed is not trusted when the lock file is the old one again', async () => {
  using project = makeProject()
  assertHello(await project.start().ended)
  const path = join(project.folder, 'package-lock.json')
  const lock = readFileSync(path, 'utf8')
  writeFileSync(path, `${lock}\n`)
  const waiting = registry.hold()
  const call = project.start([], { npm_config_cache: join(project.folder, 'another-cache') })
  await waiting
  call.killGroup()
  await call.ended
  registry.release()
  writeFileSync(path, lock)
  const next = await project.start().ended
  assertHello(next)
  assert.match(next.stderr, /nstalling the packages/)
})

test('a half-made node_modules is not trusted', async () => {
  using project = makeProject()
  mkdirSync(dirname(project.stamp))
  const { stderr, ...rest } = await project.start().ended
  assertHello({ stderr, ...rest })
  assert.match(stderr, 'node_modules was not finished by this command')
})

test('Ctrl-C during the installation ends it and leaves no lock', async () => {
  using project = makeProject()
  const waiting = registry.hold()
  const first = project.start()
  await waiting
  first.kill('SIGINT')
  const { signal, stdout } = await first.ended
  registry.release()
  assert.is(signal, 'SIGINT')
  assert.is(stdout, '')
  assert.not.ok(existsSync(project.turn))
  assertHello(await project.start().ended)
})

test('of two calls at once one installs and the other waits for it', async () => {
  using project = makeProject()
  const before = registry.seen.length
  const waiting = registry.hold()
  const first = project.start()
  await waiting
  const second = project.start()
  await second.says('is setting up: waiting for it')
  registry.release()
  const [one, two] = await Promise.all([first.ended, second.ended])
  assertHello(one)
  assertHello(two)
  assert.match(one.stderr, 'Installing')
  assert.not.match(two.stderr, 'Installing')
  assert.equal(registry.seen.slice(before), ['/pebble', '/pebble/-/pebble-1.0.0.tgz'])
})

test('while npm outlives a caller that was killed, nobody else installs', async () => {
  using project = makeProject()
  const waiting = registry.hold()
  const first = project.start()
  await waiting
  first.kill('SIGKILL')
  const [, npm] = JSON.parse(readFileSync(project.turn, 'utf8')).pids
  const second = project.start()
  await second.says('is setting up: waiting for it')
  process.kill(npm, 'SIGKILL')
  await second.says('The other call has gone without finishing')
  registry.release()
  assertHello(await second.ended)
})

test('the lock of another machine is respected until somebody deletes it', async () => {
  using project = makeProject()
  const pid = gonePid()
  mkdirSync(dirname(project.turn))
  writeFileSync(project.turn, JSON.stringify({ host: `not-${hostname()}`, pids: [pid] }))
  const first = project.start()
  await first.says(`(process ${pid}) is setting up: waiting for it. If there is none, delete ${project.turn}`)
  const second = project.start() // by the time it looks, the first has made up its mind
  await second.says(`(process ${pid}) is setting up`)
  rmSync(project.turn)
  for (const call of [first, second]) assertHello(await call.ended)
})

test('a registry that does not answer is one sentence, in the person’s language, and a log', async () => {
  const port = await closedPort()
  const settings = { npm_config_registry: `http://${['someone', 'secret'].join(':')}@127.0.0.1:${port}/` }
  using project = makeProject(settings)
  const english = await project.start().ended
  assert.is(english.code, 1)
  assert.is(english.stdout, '')
  const lines = english.stderr.trim().split('\n')
  assert.equal(lines.length, 3, english.stderr)
  assert.is(
    lines[1],
    `The npm registry http://127.0.0.1:${port}/ does not answer (ECONNREFUSED). Check the network or the proxy, then run this again.`,
  )
  assert.match(readFileSync(lines[2]!.replace('Full log: ', ''), 'utf8'), 'ECONNREFUSED')
  const french = await project.start([], { LANG: 'fr_FR.UTF-8' }).ended
  assert.match(french.stderr, `Le registre npm http://127.0.0.1:${port}/ ne répond pas (ECONNREFUSED).`)
  assert.not.ok(existsSync(project.stamp))
})

test('npm is not left to ask a dead registry for each package in turn', async () => {
  using project = makeProject({ npm_config_registry: `http://127.0.0.1:${await closedPort()}/` })
  const path = join(project.folder, 'package.json')
  const optionalDependencies = { basalt: '1.0.0', granite: '1.0.0', marble: '1.0.0' }
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), optionalDependencies }))
  const { stderr } = await project.start().ended
  assert.match(stderr, 'does not answer (ECONNREFUSED)')
  const log = readFileSync(join(project.folder, '.node', 'npm.log'), 'utf8')
  assert.is(log.match(/attempt 4 failed/g)?.length, 1, log)
})

test('a package that the registry lacks, or that is not the locked one, is one sentence too', async () => {
  using lacking = makeTinyProject('granite', '1.0.0', registry.integrity, { ...impatient, npm_config_registry: registry.origin })
  const missing = await lacking.start().ended
  assert.match(missing.stderr, `The npm registry ${registry.origin} lacks or refuses a package (E404).`)
  using tampered = makeTinyProject('pebble', '1.0.0', `sha512-${'A'.repeat(86)}==`, {
    ...impatient,
    npm_config_registry: registry.origin,
  })
  const other = await tampered.start().ended
  assert.match(other.stderr, 'sent a package that is not the locked one')
  for (const { code, stderr, stdout } of [missing, other])
    assert.equal([code, stderr.includes('npm error'), stdout], [1, false, ''])
})

test('a lock file that leaves packages out is completed here, one that contradicts is refused', async () => {
  using project = makeProject()
  const path = join(project.folder, 'package-lock.json')
  const lock = JSON.parse(readFileSync(path, 'utf8'))
  const locked = lock.packages['node_modules/pebble']
  delete lock.packages['node_modules/pebble']
  writeFileSync(path, JSON.stringify(lock))
  const completed = await project.start().ended
  assertHello(completed)
  assert.match(completed.stderr, 'does not name every package')
  assert.equal(JSON.parse(readFileSync(path, 'utf8')), lock)
  writeFileSync(
    path,
    JSON.stringify({ ...lock, packages: { ...lock.packages, 'node_modules/pebble': { ...locked, version: '0.9.0' } } }),
  )
  const refused = await project.start().ended
  assert.match(refused.stderr, 'package.json and package-lock.json contradict each other. Run npm install')
  assert.is(refused.code, 1)
})

test('what the caller must change exits with 2', () => {
  using project = makeProject()
  const call = (...args: string[]) =>
    spawnSync(process.execPath, [join(project.folder, 'host-cli', 'ready.mjs'), ...args], { encoding: 'utf8' })
  assert.equal([call().status, call('host-cli/nothing.ts').status], [2, 2])
  assert.match(call('host-cli/nothing.ts').stderr, join(project.folder, 'host-cli', 'nothing.ts'))
})

withOldNode('under an old Node the script, its sub-processes and npm run on the newer one', async () => {
  using project = makeProject()
  await giveNode(project.folder)
  const env = { node: oldNode?.path, PATH: `${dirname(String(oldNode?.path))}:${process.env['PATH']}` }
  assertHello(await project.start(['a', '--json'], env).ended, 'a', '--json')
  assert.match(readFileSync(project.stamp, 'utf8'), `"node":"${process.versions.node.split('.')[0]} `)
  assert.is((await project.start(['fail'], env).ended).code, 3)
  assert.is((await project.start(['die'], env).ended).signal, 'SIGTERM')
  const listening = project.start(['listen'], env)
  await listening.says('listening')
  listening.kill('SIGTERM')
  assert.is((await listening.ended).code, 7)
  assert.ok(costOfEntrance(project.folder, String(oldNode?.path)) < 1000)
})

/** As if it had been fetched at an earlier call. */
async function giveNode(folder: string) {
  const { fetchedNode } = await import(join(folder, 'host-cli', 'ready', 'node.mjs'))
  mkdirSync(dirname(fetchedNode()), { recursive: true })
  symlinkSync(process.execPath, fetchedNode())
}

/** Milliseconds that a script pays for starting through the entrance when there is nothing to do; the best of five, both ways. */
function costOfEntrance(folder: string, node: string): number {
  const script = join(folder, 'host-cli', 'hello.ts')
  const direct = shortest(process.execPath, [script])
  const through = shortest(node, [join(folder, 'host-cli', 'ready.mjs'), script])
  const from = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()
  console.log(
    `MEASURED: the entrance costs ${Math.round(through - direct)} ms from Node ${from} (${Math.round(through)} ms, directly ${Math.round(direct)} ms)`,
  )
  return through - direct
}

function shortest(node: string, args: string[]): number {
  const times = [1, 2, 3, 4, 5].map(() => {
    const begun = performance.now()
    const { status, stderr } = spawnSync(node, args, { encoding: 'utf8', env: ordinaryEnvironment() })
    assert.is(status, 0, stderr)
    return performance.now() - begun
  })
  return Math.min(...times)
}

function gonePid(): number {
  return spawnSync(process.execPath, ['--version']).pid
}

/** A port that was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

test.run()
