import { once } from 'node:events'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTestHost } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const secret = 'not for the page'

/** A page of three files, with things around it that must stay where they are. */
async function openDoor(config: object = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'palabre-door-'))
  const page = join(folder, 'page')
  await mkdir(join(page, 'assets'), { recursive: true })
  await writeFile(join(page, 'index.html'), '<!doctype html><title>page</title>')
  await writeFile(join(page, 'assets', 'été-1.js'), 'export {}')
  await writeFile(join(page, '.hidden'), secret)
  await writeFile(join(folder, 'secret.txt'), secret)
  await symlink(join(folder, 'secret.txt'), join(page, 'link.txt'))
  const host = await startTestHost({
    host: 'desktop',
    plugins: [import.meta.dirname],
    config: { 'port-loopback': { pageDir: page, ...config } },
  })
  const { address } = (await host.commands.run('port.address')).data as { address: string }
  const { origin, port } = new URL(address)
  return {
    host,
    page,
    port: Number(port),
    get: (path: string, init?: RequestInit) => fetch(`${origin}${path}`, { headers: { connection: 'close' }, ...init }),
    /** As it is, with nothing put right by a client. */
    raw: (request: string) => exchange(Number(port), request),
    async [Symbol.asyncDispose]() {
      await host.stop()
      await rm(folder, { recursive: true })
    },
  }
}

async function exchange(port: number, request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk))
  socket.write(request)
  await once(socket, 'close')
  return answer
}

test('files come with their type and the strict headers', async () => {
  await using door = await openDoor()
  const index = await door.get('/')
  assert.is(index.status, 200)
  assert.is(index.headers.get('content-type'), 'text/html; charset=utf-8')
  assert.match(await index.text(), '<title>page</title>')
  const policy = index.headers.get('content-security-policy') ?? ''
  assert.match(policy, "default-src 'none'")
  assert.match(policy, "script-src 'self'")
  assert.match(policy, "connect-src 'self'")
  assert.not.match(policy, 'unsafe')
  assert.is(index.headers.get('x-content-type-options'), 'nosniff')
  assert.is(index.headers.get('referrer-policy'), 'no-referrer')
  assert.is(index.headers.get('cross-origin-resource-policy'), 'same-origin')

  const script = await door.get('/assets/%C3%A9t%C3%A9-1.js?v=1')
  assert.is(script.headers.get('content-type'), 'text/javascript; charset=utf-8')
  assert.is(await script.text(), 'export {}')

  const head = await door.get('/', { method: 'HEAD' })
  assert.is(head.headers.get('content-length'), '34')
  assert.is(await head.text(), '')
})

test('the host’s headers stand in the place of ours', async () => {
  await using door = await openDoor({ headers: { 'Content-Security-Policy': "default-src 'self'" } })
  const { headers } = await door.get('/')
  assert.is(headers.get('content-security-policy'), "default-src 'self'")
  assert.is(headers.get('x-frame-options'), 'DENY')
})

test('a header that would split the answer is refused with the settings', async () => {
  await using door = await openDoor()
  const error = await door.host.plugins.configure('port-loopback', { headers: { x: 'a\r\nb: c' } }).catch((thrown: Error) => thrown)
  assert.match((error as Error).message, 'headers')
})

test('a page built anew is served at its next opening', async () => {
  await using door = await openDoor()
  await (await door.get('/')).text()
  await writeFile(join(door.page, 'late.css'), 'a{}')
  assert.is((await door.get('/late.css')).status, 404)
  await (await door.get('/')).text()
  assert.is((await door.get('/late.css')).status, 200)
})

test('files are only read', async () => {
  await using door = await openDoor()
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    const answer = await door.get('/', { method })
    assert.is(answer.status, 405, method)
    assert.ok(answer.headers.get('content-security-policy'))
  }
})

test('nothing outside the page can be reached, however it is written', async () => {
  await using door = await openDoor()
  const ways = [
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/assets/../../secret.txt',
    `/${join(door.page, '..', 'secret.txt')}`,
    '/link.txt',
    '/.hidden',
    '/%2ehidden',
    '//secret.txt',
    '/secret.txt%00.js',
    '/%',
    'http://127.0.0.1/../secret.txt',
  ]
  await (await door.get('/')).text()
  for (const way of ways) {
    const answer = await door.raw(`GET ${way} HTTP/1.1\r\nHost: 127.0.0.1:${door.port}\r\nConnection: close\r\n\r\n`)
    assert.match(answer, /^HTTP\/1\.1 40[04] /, way)
    assert.not.match(answer, secret)
  }
})

test('only the names it listens under are answered', async () => {
  await using door = await openDoor()
  const { port } = door
  const status = async (host: string) => (await door.raw(`GET / HTTP/1.1\r\n${host}Connection: close\r\n\r\n`)).split(' ', 2)[1]
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`])
    assert.is(await status(`Host: ${host}\r\n`), '200', host)
  const foreign = [
    'evil.example',
    `evil.example:${port}`,
    '127.0.0.1',
    'localhost',
    `127.0.0.1:${port + 1}`,
    `[::1]:${port}`,
    `0.0.0.0:${port}`,
  ]
  for (const host of foreign) assert.is(await status(`Host: ${host}\r\n`), '421', host)
  assert.is((await door.raw('GET / HTTP/1.0\r\n\r\n')).split(' ', 2)[1], '421')
})

test('without a page it says so', async () => {
  await using door = await openDoor({ pageDir: '' })
  assert.is((await door.get('/')).status, 404)
})

test.run()
