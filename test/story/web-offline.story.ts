import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPage } from '@palabre/host-web/build'
import { securityHeadersFor } from '@palabre/host-web/headers'
import { serveFiles } from '@palabre/host-web/static-files'
import type { Page } from 'playwright-core'
import * as assert from 'uvu/assert'
import { browserSuite } from '../browser/browser-suite.ts'
import { probePlugin } from '../browser/probe-plugin.ts'
import { openTalkingPage } from '../browser/talking-page.ts'
import { relayOnly, startWebHost } from '../browser/web-host.ts'

const { test, run } = await browserSuite('the page without its server')

/** Resolves when the page is kept. */
const kept = (page: Page) => page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')

test('loaded once, it starts without its server, with the same person and the same policy', async (browser) => {
  await using host = await startWebHost({ settings: { plugins: relayOnly }, plugins: [probePlugin] })
  await using anna = await openTalkingPage(browser, host.address)
  const before = (await anna.ask.run('id.show')).data as { id: string }
  await kept(anna.window.page)
  const { display, name, icons } = await installed(anna.window.page)
  assert.equal([display, name, ['192x192', '512x512'].every((size) => icons.includes(size))], ['standalone', 'Palabre', true])
  await host[Symbol.asyncDispose]()
  assert.not.ok(await fetch(host.address).catch(() => undefined))
  await anna.reload()
  assert.equal((await anna.ask.run('id.show')).data, before)
  const later = await anna.reopen()
  assert.equal((await later.ask.run('id.show')).data, before)
  const refused = await later.window.page.evaluate(
    `new Promise((done) => setTimeout(() => { try { done((0, eval)('1')) } catch (error) { done(error.name) } }))`,
  )
  assert.is(refused, 'EvalError')
})

test('a newer page is fetched behind the older one and takes its place at the next start', async (browser) => {
  await using first = await startWebHost({ settings: { plugins: relayOnly }, plugins: [probePlugin] })
  await using anna = await openTalkingPage(browser, first.address)
  const { page } = anna.window
  await kept(page)
  const self = ((await anna.ask.run('id.show')).data as { id: string }).id
  await first[Symbol.asyncDispose]()
  await using _second = await startWebHost({
    settings: { plugins: { ...relayOnly, 'example-greeter': true } },
    plugins: [probePlugin],
    port: Number(new URL(first.address).port),
  })
  await anna.reload()
  assert.is(await anna.ask.stateOf('example-greeter'), undefined)
  await page.evaluate(`navigator.serviceWorker.getRegistration().then((one) => new Promise((done) => {
    const look = () => (one.waiting === null ? setTimeout(look, 20) : done())
    look()
  }))`)
  // By us, then by the page itself, which takes the newer one before it starts.
  let times = 0
  const twice = new Promise<void>((resolve) => page.on('framenavigated', () => ++times === 2 && resolve()))
  await page.reload()
  await twice
  await anna.ready()
  await anna.ask.until(`some((one) => one.id === 'example-greeter' && one.state === 'running')`)
  assert.is(((await anna.ask.run('id.show')).data as { id: string }).id, self)
  assert.is(await page.evaluate('caches.keys().then((all) => all.length)'), 1)
})

test('a file that is not what was built is not kept', async (browser) => {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-tampered-'))
  try {
    const { dir, files, permissions } = await buildPage({ plugins: [], outDir: join(folder, 'page') })
    appendFileSync(
      join(
        dir,
        files.find((file) => file.includes('log-console'))!,
      ),
      '\n//',
    )
    const server = createServer(serveFiles(dir, securityHeadersFor(permissions)))
    using _server = { [Symbol.dispose]: () => void server.close() }
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    await using window = await browser.openPage(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    const end = await window.page.evaluate(`new Promise((done) => {
      const look = () => void navigator.serviceWorker.getRegistration().then((one) => {
        const worker = one?.installing ?? one?.waiting ?? one?.active
        if (worker === undefined || worker === null) return setTimeout(look, 10)
        worker.addEventListener('statechange', () => worker.state === 'installing' || done(worker.state))
        if (worker.state !== 'installing') done(worker.state)
      })
      look()
    })`)
    assert.is(end, 'redundant')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

run()

/** As the browser reads it, with the true size of each icon: a page that is to be installed needs one of 192 and one of 512. */
async function installed(page: Page): Promise<{ display: string; name: string; icons: string[] }> {
  const devtools = await page.context().newCDPSession(page)
  const { url, errors, data } = await devtools.send('Page.getAppManifest')
  assert.equal(errors, [])
  const { display, name, icons } = JSON.parse(data!) as { display: string; name: string; icons: readonly { src: string }[] }
  const sizeOf = ({ src }: { src: string }) =>
    page.evaluate(`fetch(${JSON.stringify(new URL(src, url).href)}).then((one) => one.blob()).then(createImageBitmap).then(
      ({ width, height }) => width + 'x' + height)`)
  return { display, name, icons: (await Promise.all(icons.map(sizeOf))) as string[] }
}
