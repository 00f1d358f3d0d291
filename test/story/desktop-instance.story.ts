import { existsSync, readFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { mkdir, readdir, rm, stat, watch, writeFile } from 'node:fs/promises'
import { connect, createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { once } from 'node:events'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openFace } from './bare-face.ts'
import { onLinux } from './on-linux.ts'
import { openProfile } from './desktop-process.ts'
import { listeningPorts } from './listening-ports.ts'

test('without a screen it tells the address once, in both languages, and stays', async () => {
  await using profile = await openProfile()
  const first = await profile.start(['--lang', 'fr'])
  await first.line(/http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/)
  assert.match(first.out.join('\n'), 'Palabre tourne. Ouvrez cette adresse')
  const second = await profile.start()
  assert.is(await second.exit, 0)
  assert.match(second.out.join('\n'), 'Palabre runs. Open this address')
  assert.is(first.child.exitCode, null)
  assert.is(await first.stop('SIGINT'), 0)
})

test('a second start gets an address that leads to the first, and ends', async () => {
  await using profile = await openProfile()
  const first = await profile.start(['--json'])
  const { address } = await first.told()
  const second = await profile.start(['--json'])
  const told = await second.told()
  assert.is(await second.exit, 0)
  assert.is(new URL(told.address).origin, new URL(address).origin)
  assert.is.not(told.address, address)
  await using _one = await openFace(address)
  await using _other = await openFace(told.address)
})

test('of some that start at the same moment one runs and the others are its guests', async () => {
  await using profile = await openProfile()
  const all = await Promise.all([profile.start(['--json']), profile.start(['--json']), profile.start(['--json'])])
  const told = await Promise.all(all.map((one) => one.told()))
  assert.is(new Set(told.map(({ address }) => new URL(address).origin)).size, 1)
  assert.is(new Set(told.map(({ address }) => address)).size, 3)
  const guests = all.filter(({ child }) => child.pid !== holderOf(profile.dir))
  assert.equal(await Promise.all(guests.map(({ exit }) => exit)), [0, 0])
  assert.is(all.filter(({ child }) => child.exitCode === null).length, 1)
})

test('what a killed one left behind keeps nobody out', async () => {
  await using profile = await openProfile()
  const first = await profile.start(['--json'])
  await first.stop('SIGKILL')
  assert.ok(existsSync(join(profile.dir, 'running.json')))
  const second = await profile.start(['--json'])
  const { address } = await second.told()
  await using _face = await openFace(address)
  assert.is(await second.stop(), 0)
  const left = await readdir(profile.dir)
  assert.equal(
    left.filter((name) => /running.json|sock/.test(name)),
    [],
  )
})

test('a lock that makes no sense keeps nobody out either', async () => {
  await using profile = await openProfile()
  for (const lock of ['', '{', '{"pid":1}', '{"version":1,"pid":1,"host":"desktop","door":{"address":"/nowhere","secret":"x"}}']) {
    await writeFile(join(profile.dir, 'running.json'), lock)
    const one = await profile.start(['--json'])
    assert.is(new URL((await one.told()).address).hostname, '127.0.0.1', lock)
    assert.is(await one.stop(), 0)
  }
})

test('whoever does not know the secret of the lock is not answered', async () => {
  await using profile = await openProfile()
  const first = await profile.start(['--json'])
  await first.told()
  const lock = join(profile.dir, 'running.json')
  assert.is((await stat(lock)).mode & 0o777, 0o600)
  const { address } = (JSON.parse(readFileSync(lock, 'utf8')) as { door: { address: string } }).door
  for (const line of [
    '{"kind":"run","secret":"x","command":"id.show","args":{}}\n',
    '{"kind":"run","command":"id.show","args":{}}\n',
    'x'.repeat(10_000),
    '\n',
  ]) {
    const socket = connect(address)
    let answer = ''
    socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk))
    socket.end(line)
    await once(socket, 'close')
    assert.is(answer, '')
  }
})

test('the command line runs in the kernel of the window', async () => {
  await using profile = await openProfile()
  const first = await profile.start(['--json'])
  await first.told()
  const palabre = join(import.meta.dirname, '../../host-cli/palabre.ts')
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [palabre, '--profile-dir', profile.dir, ...args], { encoding: 'utf8' })
  const shown = run('id', 'show', '--json', '--attach')
  assert.is(shown.status, 0, shown.stderr)
  // A command that only the desktop's kernel has alive.
  const given = JSON.parse(run('plugins', 'why', 'port-loopback', '--json').stdout) as { plugin: { state: string } }
  assert.is(given.plugin.state, 'running')
  const up = run('run')
  assert.is(up.status, 2)
  assert.match(up.stderr, `another Palabre (desktop, process ${first.child.pid})`)
  assert.is(await first.stop(), 0)
})

test('a profile folder with a long path works as any other', async () => {
  await using profile = await openProfile()
  const long = join(profile.dir, 'a-folder-deep-inside-of-others'.repeat(4))
  const first = await profile.start(['--json', '--profile-dir', long])
  const { address } = await first.told()
  const second = await profile.start(['--json', '--profile-dir', long])
  assert.is(new URL((await second.told()).address).origin, new URL(address).origin)
  assert.is(await first.stop(), 0)
})

test('asked to end it ends well, and nothing listens any more', async () => {
  await using profile = await openProfile()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const one = await profile.start(['--json'])
    const { address } = await one.told()
    await using face = await openFace(address)
    assert.is(await one.stop(signal), 0)
    assert.is(await face.closed, 1001)
    const socket = connect(Number(new URL(address).port), '127.0.0.1')
    const error = await once(socket, 'connect').catch((thrown: NodeJS.ErrnoException) => thrown)
    assert.is((error as NodeJS.ErrnoException).code, 'ECONNREFUSED')
    assert.equal(one.err, [])
  }
})

onLinux('with port-loopback switched off nothing listens, it says what that means, and opens once it is on', async () => {
  await using profile = await openProfile({ plugins: { 'port-loopback': false, 'network-libp2p': false } })
  const first = await profile.start()
  await first.line(/no window can show it/)
  await first.line(/palabre plugins enable port-loopback/)
  assert.not.match(first.out.join('\n'), 'http:')
  assert.equal(listeningPorts(first.child.pid!), [])

  const second = await profile.start()
  assert.is(await second.exit, 2)
  assert.match(second.err.join('\n'), 'port-loopback')

  await profile.write({ plugins: { 'port-loopback': true, 'network-libp2p': false } })
  const line = await first.line(/http:/)
  assert.equal(listeningPorts(first.child.pid!), [Number(new URL(line.trim()).port)])
  await using _face = await openFace(line.trim())
  assert.is(await first.stop(), 0)
})

test('a port that somebody else has is told, and taken once it is free', async () => {
  const somebody = createServer().listen(0, '127.0.0.1')
  await once(somebody, 'listening')
  const { port } = somebody.address() as AddressInfo
  await using profile = await openProfile({ plugins: { 'port-loopback': { config: { port } } } })
  const desktop = await profile.start(['--lang', 'fr'])
  await desktop.line(new RegExp(`aucune fenêtre ne peut le montrer : .*${port}`))
  await desktop.line(/Choisissez un autre « port »/)
  somebody.close()
  assert.match(await desktop.line(/http:/), `127.0.0.1:${port}/#token=`)
})

test('what the caller must change ends with 2, says what, and starts nothing', async () => {
  await using profile = await openProfile()
  const cases: [args: string[], says: RegExp][] = [
    [['--wrong'], /--wrong/],
    [['--browser', join(profile.dir, 'nothing')], /there is no browser/],
    [['--plugins', join(profile.dir, 'nothing.json')], /there is no file/],
    [['--profile', 'fase'], /did you mean "face"/],
    [['--lang', 'xx'], /--lang/],
  ]
  for (const [args, says] of cases) {
    const one = await profile.start(args)
    assert.is(await one.exit, 2, args.join(' '))
    assert.match(one.err.join('\n'), says)
    assert.equal(one.out, [])
  }
  const settings: [object, RegExp][] = [
    [{ plugins: { 'port-lopback': true } }, /plugins\.json: \/plugins\/port-lopback .*did you mean "port-loopback"/],
    [
      { plugins: { 'port-loopback': { config: { port: 'x' } } } },
      /plugins\.json: \/plugins\/port-loopback\/config\/port must be integer/,
    ],
  ]
  for (const [content, says] of settings) {
    await profile.write(content)
    const one = await profile.start()
    assert.is(await one.exit, 2)
    assert.match(one.err.join('\n'), says)
  }
  assert.not(existsSync(join(profile.dir, 'running.json')))
})

test('a profile folder that cannot be is told', async () => {
  await using profile = await openProfile()
  const file = join(profile.dir, 'file')
  await writeFile(file, '')
  const one = await profile.start(['--profile-dir', join(file, 'folder')])
  assert.is(await one.exit, 1)
  assert.match(one.err.join('\n'), '--profile-dir')
})

test('help is given in both languages and starts nothing', async () => {
  await using profile = await openProfile()
  for (const [lang, says] of [
    ['en', 'Starts Palabre on this machine'],
    ['fr', 'Démarre Palabre sur cette machine'],
  ] as const) {
    const one = await profile.start(['--help', '--lang', lang])
    assert.is(await one.exit, 0)
    assert.match(one.out.join('\n'), says)
    assert.match(one.out.join('\n'), '--no-window')
    assert.match(one.out.join('\n'), '--profile-dir')
  }
  assert.equal(await readdir(profile.dir), [])
})

test('the page is built again only when there is something new in it', async () => {
  await using profile = await openProfile()
  const index = join(profile.dir, 'page', 'index.html')
  const builtAt = async () => (await stat(index)).mtimeMs
  const runOnce = async () => {
    const one = await profile.start(['--json'])
    await one.told()
    assert.is(await one.stop(), 0)
  }
  await runOnce()
  const first = await builtAt()
  await runOnce()
  assert.is(await builtAt(), first)
  await rm(join(profile.dir, 'page'), { recursive: true })
  await mkdir(join(profile.dir, 'page'))
  await runOnce()
  assert.ok((await builtAt()) > first)
})

test('an edit of plugins.json changes what is in the page', async () => {
  await using profile = await openProfile()
  const one = await profile.start(['--json'])
  await one.told()
  const inPage = () => readdir(join(profile.dir, 'page', 'assets', 'plugin'))
  assert.ok((await inPage()).some((name) => name.startsWith('log-console')))
  const changes = watch(profile.dir)
  await profile.write({ plugins: { 'log-console': false } })
  for await (const _change of changes) {
    const names = await inPage().catch(() => [])
    if (names.length > 0 && !names.some((name) => name.startsWith('log-console'))) break
  }
})

test.run()

function holderOf(profileDir: string): number {
  return (JSON.parse(readFileSync(join(profileDir, 'running.json'), 'utf8')) as { pid: number }).pid
}
