import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { securityHeaders, securityHeadersFor } from './headers.ts'
import { serveFiles } from './static-files.ts'

test('the page is at the root, with its type and its length', async () => {
  await using site = await openSite()
  const answer = await fetch(site.url('/'))
  assert.is(answer.status, 200)
  assert.is(answer.headers.get('content-type'), 'text/html; charset=utf-8')
  assert.is(answer.headers.get('content-length'), '13')
  assert.is(await answer.text(), '<p>bonjour</p')
})

test('each kind of file has its type, and an unknown kind none that a browser would run', async () => {
  await using site = await openSite()
  const typeOf = async (path: string) => (await fetch(site.url(path))).headers.get('content-type')
  assert.is(await typeOf('/assets/a.1.js'), 'text/javascript; charset=utf-8')
  assert.is(await typeOf('/assets/a.1.css'), 'text/css; charset=utf-8')
  assert.is(await typeOf('/assets/a.1.woff2'), 'font/woff2')
  assert.is(await typeOf('/assets/a.1.svg'), 'image/svg+xml')
  assert.is(await typeOf('/assets/a.1.xyz'), 'application/octet-stream')
})

test('every answer carries the security headers, refusals too', async () => {
  await using site = await openSite()
  const answers = await Promise.all([
    fetch(site.url('/')),
    fetch(site.url('/assets/a.1.js')),
    fetch(site.url('/none')),
    fetch(site.url('/'), { method: 'POST' }),
  ])
  assert.equal(
    answers.map(({ status }) => status),
    [200, 200, 404, 405],
  )
  for (const { headers } of answers)
    for (const [name, value] of Object.entries(securityHeaders)) assert.is(headers.get(name), value)
})

test('the policy lets nothing in but our own files', () => {
  const policy = securityHeaders['content-security-policy']!
  assert.match(policy, "default-src 'none'; script-src 'self'; style-src 'self';")
  assert.match(policy, "require-trusted-types-for 'script'; trusted-types lit-html palabre-worker")
  assert.not.match(policy, /unsafe|\*|https?:|blob:/)
})

test('a plugin that asks for sockets to relays opens them, and nothing more', () => {
  const opened = securityHeadersFor(['websockets-anywhere', 'all-i-want'])
  const policy = opened['content-security-policy']!
  assert.is(policy.replace("connect-src 'self' ws: wss:", "connect-src 'self'"), securityHeaders['content-security-policy'])
  assert.match(policy, "connect-src 'self' ws: wss:;")
  assert.equal({ ...opened, 'content-security-policy': '' }, { ...securityHeaders, 'content-security-policy': '' })
})

test('what has its hash in its name is kept for ever, the page itself is asked about each time', async () => {
  await using site = await openSite()
  const page = await fetch(site.url('/'))
  assert.is(page.headers.get('cache-control'), 'no-cache')
  assert.is((await fetch(site.url('/assets/a.1.js'))).headers.get('cache-control'), 'public, max-age=31536000, immutable')

  const etag = page.headers.get('etag')!
  const again = await fetch(site.url('/'), { headers: { 'if-none-match': etag } })
  assert.is(again.status, 304)
  assert.is(await again.text(), '')
  assert.is((await fetch(site.url('/'), { headers: { 'if-none-match': '"other"' } })).status, 200)
})

test('HEAD is GET without the body; anything else is refused', async () => {
  await using site = await openSite()
  const head = await fetch(site.url('/assets/a.1.js'), { method: 'HEAD' })
  assert.is(head.status, 200)
  assert.is(head.headers.get('content-length'), '7')
  assert.is(await head.text(), '')
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    const answer = await fetch(site.url('/'), { method })
    assert.is(answer.status, 405)
    assert.is(answer.headers.get('allow'), 'GET, HEAD')
  }
})

test('no address leads out of the folder, however it is written', async () => {
  await using site = await openSite()
  const ways = [
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..\\secret.txt',
    '//secret.txt',
    '/%00',
    '/%zz',
    `${site.folder}/secret.txt`,
    'secret.txt',
  ]
  for (const way of ways) assert.match(await site.raw(way), /^HTTP\/1\.1 40[04] /, way)
})

test('a query changes nothing, and an encoded name is found', async () => {
  await using site = await openSite()
  assert.is(await (await fetch(site.url('/assets/a.1.js?x=/../'))).text(), 'let a=1')
  assert.is(await (await fetch(site.url('/assets/%61.1.js'))).text(), 'let a=1')
})

test('the page is what it was when the serving began', async () => {
  await using site = await openSite()
  rmSync(join(site.folder, 'page'), { recursive: true })
  assert.is((await fetch(site.url('/'))).status, 200)
})

test.run()

async function openSite() {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-site-'))
  mkdirSync(join(folder, 'page/assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.txt'), 'not for you')
  writeFileSync(join(folder, 'page/index.html'), '<p>bonjour</p')
  for (const kind of ['js', 'css', 'woff2', 'svg', 'xyz']) writeFileSync(join(folder, `page/assets/a.1.${kind}`), 'let a=1')
  const server = createServer(serveFiles(join(folder, 'page')))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    folder,
    url: (path: string) => `http://127.0.0.1:${port}${path}`,
    /** As it is: `fetch` would tidy the path up first. */
    raw: (path: string) =>
      new Promise<string>((resolve, reject) => {
        let answer = ''
        const socket = connect(port, '127.0.0.1', () => socket.end(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`))
        socket.setEncoding('utf8').on('data', (part: string) => (answer += part))
        socket.on('close', () => resolve(answer)).on('error', reject)
      }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      rmSync(folder, { recursive: true })
    },
  }
}
