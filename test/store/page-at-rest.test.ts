import type { Plugins } from '@palabre/sdk/contract/plugins'
// limit: 300 s
import type { Page } from 'playwright-core'
import * as assert from 'uvu/assert'
import { browserSuite } from '../browser/browser-suite.ts'
import { probePlugin } from '../browser/probe-plugin.ts'
import { startWebHost } from '../browser/web-host.ts'
import { suitePlugin } from './page-suite.ts'

const { test, run } = await browserSuite('what a page keeps')
const marker = 'unmistakablemarker'

type InPage = { readonly suite?: { readonly store: { readonly current?: unknown } } }

/** The store and the identity have come. */
const ready = async (page: Page) => {
  await page.waitForFunction(() => (globalThis as InPage).suite?.store.current !== undefined)
  await page.waitForFunction(() => {
    const { plugins } = (globalThis as unknown as { suite: { plugins: Plugins } }).suite
    return plugins.list().some(({ id, state }) => id === 'command-identity' && state === 'running')
  })
}

const writeMarkers = (page: Page) =>
  page.evaluate(`suite.store.current.commit([
    { do: 'add', message: { id: '${marker} id', conversation: '${marker} conversation', author: '${marker}', mine: false, kind: 'text',
      text: 'a ${marker} here', sentAt: 1, receivedAt: 2, state: 'received' } },
    { do: 'put', kind: 'contact', key: '${marker} key', value: new TextEncoder().encode('${marker}') },
    { do: 'enqueue', row: { envelope: '${marker} e', conversation: '${marker} conversation', sealed: new TextEncoder().encode('${marker}'),
      proof: new Uint8Array(1), queuedAt: Date.now(), attempts: 0, nextTry: 0, storedAt: ['${marker}'] } },
    { do: 'see', envelope: '${marker} s', proof: new TextEncoder().encode('${marker}'), at: 1 },
    { do: 'alter', id: '${marker} id', set: { reactions: { '${marker}': '${marker}' }, why: '${marker}' } },
  ])`)

/** Everything that stands in a database of the page, as one text in which bytes are characters. */
const dump = (page: Page, database: string) =>
  page.evaluate(`new Promise((resolve, reject) => {
    const opening = indexedDB.open('${database}')
    opening.onerror = reject
    opening.onsuccess = async () => {
      const opened = opening.result
      const ask = (request) => new Promise((done, fail) => Object.assign(request, { onsuccess: () => done(request.result), onerror: fail }))
      const text = (key, value) => value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value
      const all = []
      for (const name of opened.objectStoreNames) {
        const store = opened.transaction(name).objectStore(name)
        all.push(name, await ask(store.getAllKeys()), await ask(store.getAll()))
      }
      opened.close()
      resolve(JSON.stringify(all, text))
    }
  })`) as Promise<string>

/** Why a plugin does not run; waits until it does not. */
const reasonOf = (page: Page, id: string) =>
  page.evaluate(`new Promise((done) => {
    const look = () => {
      const { state, reason } = suite.plugins.why('${id}').plugin
      if (state === 'failed' || state === 'quarantined') done(reason.en)
    }
    suite.plugins.watch(() => queueMicrotask(look))
    look()
  })`) as Promise<string>

test('no word, no name and no key stands in what the page keeps, and a reload finds it all', async (browser) => {
  await using host = await startWebHost({ plugins: [suitePlugin] })
  await using window = await browser.openPage(host.address)
  const { page } = window
  await ready(page)
  await writeMarkers(page)
  const kept = (await dump(page, 'palabre-store')) + (await dump(page, 'palabre-vault'))
  assert.match(kept, /"messages"/)
  assert.is(kept.indexOf(marker), -1)
  const keys = (await page.evaluate(`['database', 'values', 'names'].map((use) =>
    new TextDecoder('latin1').decode(suite.vault.current.derive('palabre/v1/store/' + use)))`)) as string[]
  for (const key of keys) assert.is(kept.indexOf(JSON.stringify(key).slice(1, -1)), -1)

  await page.reload()
  await ready(page)
  const found = await page.evaluate(
    `suite.store.current.search('${marker.toUpperCase()}', { limit: 9 }).then((all) => all[0].text)`,
  )
  assert.is(found, `a ${marker} here`)
  assert.equal(window.violations, [])
  assert.equal(window.errors, [])
})

test('the browser gives away the key that wraps to nobody', async (browser) => {
  await using host = await startWebHost({ plugins: [suitePlugin] })
  await using window = await browser.openPage(host.address)
  await ready(window.page)
  const tried = await window.page.evaluate(`new Promise((resolve) => {
    const opening = indexedDB.open('palabre-vault')
    opening.onsuccess = () => {
      const getting = opening.result.transaction('vault').objectStore('vault').get('key')
      getting.onsuccess = () => crypto.subtle.exportKey('raw', getting.result).then(() => resolve('given'), (error) => resolve(error.name))
    }
  })`)
  assert.is(tried, 'InvalidAccessError')
})

test('another vault is refused what was kept, and leaves it as it is', async (browser) => {
  await using host = await startWebHost({ plugins: [suitePlugin] })
  await using window = await browser.openPage(host.address)
  const { page } = window
  await ready(page)
  await writeMarkers(page)
  const before = await dump(page, 'palabre-store')
  await page.evaluate(`(async () => {
    await suite.plugins.disable('vault-browser')
    await suite.forget('palabre-vault')
    await suite.plugins.enable('vault-browser')
  })()`)
  assert.match(await reasonOf(page, 'store-indexeddb'), /does not open with the key of this vault/)
  assert.is(await dump(page, 'palabre-store'), before)
})

test('what a newer version wrote is refused', async (browser) => {
  await using host = await startWebHost({ plugins: [suitePlugin] })
  await using window = await browser.openPage(host.address)
  const { page } = window
  await ready(page)
  await page.evaluate(`(async () => {
    await suite.plugins.disable('store-indexeddb')
    await new Promise((done) => Object.assign(indexedDB.open('palabre-store', 99), { onsuccess: (event) => done(event.target.result.close()) }))
    await suite.plugins.enable('store-indexeddb').catch(() => {})
  })()`)
  assert.match(await reasonOf(page, 'store-indexeddb'), /a newer Palabre wrote/)
})

test('a second tab is told so, and takes over when the first one goes', async (browser) => {
  await using host = await startWebHost({ plugins: [suitePlugin] })
  await using window = await browser.openPage(host.address)
  await ready(window.page)
  await writeMarkers(window.page)
  const second = await window.page.context().newPage()
  await second.goto(host.address)
  await second.waitForFunction(() => 'suite' in globalThis)
  assert.match(await reasonOf(second, 'store-indexeddb'), /open in another tab/)
  await window.page.close()
  await second.evaluate(`suite.plugins.enable('store-indexeddb')`)
  assert.is(await second.evaluate(`suite.store.current.conversations().then((all) => all.length)`), 1)
})

test('a person has an identity in the page, the same after a reload, and none without the vault', async (browser) => {
  await using host = await startWebHost({ plugins: [suitePlugin, probePlugin] })
  await using window = await browser.openPage(host.address)
  const { page } = window
  await ready(page)
  const mine = () =>
    page.evaluate(`probe.commands.run('id.show', {}).then((reply) => JSON.stringify(reply.data), (error) => error.message)`)
  const before = await mine()
  assert.match(before as string, /"user/)
  await page.reload()
  await ready(page)
  assert.is(await mine(), before)
  await page.evaluate(`suite.plugins.disable('vault-browser')`)
  assert.not.match((await mine()) as string, /"user/)
})

run()
