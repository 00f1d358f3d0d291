import { rmSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { browserSuite } from '../browser/browser-suite.ts'
import { pluginsPage } from '../browser/plugins-page.ts'
import { probe, probePlugin } from '../browser/probe-plugin.ts'
import { startWebHost, type OtherPlugin } from '../browser/web-host.ts'

const { test, run } = await browserSuite('trouble in the page')

const sdk = `import { definePlugin, slot, text } from '@palabre/sdk'\n`
const starting = (body: string) => `${sdk}export const plugin = definePlugin({ start(_needs, scope) { ${body} } })`

test('plugins that fail in every way are named with what to do, and the page lives', async (browser) => {
  const plugins: OtherPlugin[] = [
    { id: 'throws', code: starting(`throw new Error('no wood for the fire')`) },
    { id: 'throws-loading', code: `${sdk}throw new Error('wet matches')` },
    { id: 'rejects-late', code: starting(`setTimeout(() => Promise.reject(new Error('the fire went out')))`) },
    { id: 'throws-late', code: starting(`setTimeout(() => { throw new Error('a spark flew') })`) },
    { id: 'is-no-plugin', code: `export const plugin = { start() {} }` },
    { id: 'undeclared', code: `${sdk}export const plugin = definePlugin({ needs: { all: slot('view') }, start() {} })` },
    { id: 'misnamed', code: starting(''), manifest: { id: 'other-name' } },
    { id: 'of-tomorrow', code: starting(''), manifest: { engines: { palabre: '^9.0.0' } } },
    { id: 'half-manifest', code: starting(''), manifest: { title: 'no languages' } },
    probePlugin,
  ]
  await using host = await startWebHost({ plugins })
  await using window = await browser.openPage(host.address)
  const { row, says } = pluginsPage(window.page)
  const reads = async (id: string, words: RegExp) => {
    await row(id).getByText(words).first().waitFor({ state: 'attached' })
    assert.match(await row(id).evaluate((one) => one.textContent), words)
  }
  await says('clock-system', 'running')

  await says('throws', 'failed')
  await reads('throws', /no wood for the fire/)
  await reads('throws', /Tries again by itself at/)
  await reads('throws-loading', /wet matches/)
  await says('is-no-plugin', 'given up')
  await reads('is-no-plugin', /does not export "plugin" made by definePlugin/)
  await reads('undeclared', /the code declares view@1\[\] under needs, and manifest\.json does not/)
  await reads('misnamed', /names itself "other-name"/)
  await reads('of-tomorrow', /made for Palabre \^9\.0\.0/)
  await reads('half-manifest', /\/title must be object/)

  // Late ones ran once, crashed, are tried again, and are given up when it goes on.
  await reads('rejects-late', /the fire went out/)
  await reads('throws-late', /a spark flew/)
  await reads('rejects-late', /1 problem noted|\d problems noted/)

  const states = Object.fromEntries((await probe(window.page).list()).map(({ id, state }) => [id, state]))
  for (const id of ['clock-system', 'plugin-manager', 'port-local', 'view-plugins', 'page-stage', 'probe']) {
    assert.is(states[id], 'running', id)
  }
  await window.picture('trouble')
  assert.equal(window.violations, [])
})

test('trying again is a button, and what still fails says so again', async (browser) => {
  const code = starting(`if (!globalThis.wood) throw new Error('no wood for the fire')`)
  await using host = await startWebHost({ plugins: [{ id: 'fire', code }] })
  await using window = await browser.openPage(host.address)
  const { row, says } = pluginsPage(window.page)
  await says('fire', 'failed')
  await row('fire').getByRole('button', { name: 'Try again' }).click()
  await row('fire').getByRole('alert').getByText('no wood for the fire').waitFor()
  await says('fire', 'failed')
  await window.page.evaluate('globalThis.wood = true')
  await row('fire').getByRole('button', { name: 'Try again' }).click()
  await says('fire', 'running')
  assert.is(await row('fire').getByRole('alert').count(), 0)
})

test('a view that throws while it is shown is that plugin’s trouble', async (browser) => {
  const code = `${sdk}import { View } from '@palabre/sdk/contract/view'
import { LitElement } from 'lit'
class Broken extends LitElement { render() { throw new Error('the paint is dry') } }
export const plugin = definePlugin({
  provides: { view: View },
  start() {
    if (!customElements.get('palabre-broken')) customElements.define('palabre-broken', Broken)
    return { view: { id: 'broken', title: text('Broken', 'Cassé'), place: 'status', tag: 'palabre-broken', properties: {} } }
  },
})`
  const unknownTag = code.replaceAll('palabre-broken', 'palabre-nobody').replace(/if \(!customElements.*\n/, '')
  const manifest = { provides: ['view@1[]'] }
  await using host = await startWebHost({
    plugins: [
      { id: 'paints', code, manifest },
      { id: 'promises', code: unknownTag, manifest },
    ],
  })
  await using window = await browser.openPage(host.address)
  const { row, says } = pluginsPage(window.page)
  await row('paints').getByText('the paint is dry').first().waitFor({ state: 'attached' })
  await row('page-stage').getByText('wants the element "palabre-nobody"').waitFor({ state: 'attached' })
  await says('page-stage', 'running')
  await says('view-plugins', 'running')
})

test('settings that cannot be read are told in both languages, and can be forgotten', async (browser) => {
  await using host = await startWebHost()
  await using window = await browser.openPage(host.address)
  const { says, toggle } = pluginsPage(window.page)
  await says('clock-system', 'running')
  await window.page.evaluate(`localStorage.setItem('palabre/plugins', '{"plugins":{"clock-system":{"config":{"pace":2}}}}')`)
  await window.page.reload()
  const box = window.page.locator('.cannot-start')
  assert.match(await box.innerText(), 'Palabre cannot start')
  assert.match(await box.innerText(), 'plugins.json (localStorage): /plugins/clock-system/config')
  assert.match(await box.locator('[lang="fr"]').innerText(), /Palabre ne peut pas démarrer[^]*clock-system/)
  await window.picture('cannot-start')
  await box.getByRole('button', { name: 'Forget what was switched' }).click()
  await says('clock-system', 'running')
  await toggle('clock-system').waitFor()
})

test('a page whose parts do not arrive says so', async (browser) => {
  await using host = await startWebHost()
  await using window = await browser.openPage(host.address)
  await pluginsPage(window.page).says('clock-system', 'running')
  await window.page.route(/\/assets\/kernel\./, (route) => route.abort())
  await window.page.reload()
  const box = window.page.locator('.cannot-start')
  assert.match(await box.innerText(), 'A part of the page did not arrive.')
  assert.match(await box.innerText(), 'Une partie de la page n’est pas arrivée.')
  assert.is(await box.getByRole('button').count(), 1)
  await window.page.unroute(/\/assets\/kernel\./)
  await box.getByRole('button', { name: 'Load the page again' }).click()
  await pluginsPage(window.page).says('clock-system', 'running')
})

test('one plugin whose file does not arrive leaves the others alone', async (browser) => {
  await using host = await startWebHost()
  await using window = await browser.openPage('about:blank')
  await window.page.route(/\/plugin\/log-console\./, (route) => route.abort())
  await window.page.goto(host.address)
  const { says } = pluginsPage(window.page)
  await says('log-console', 'failed')
  await says('clock-system', 'running')
})

test('a plugin that takes the page down twice while it starts is left out, by name, until it is tried again', async (browser) => {
  const code = starting(`return new Promise((done) => { if (globalThis.tame) done(); else globalThis.hung = true })`)
  await using host = await startWebHost({ plugins: [{ id: 'hangs', code }] })
  await using window = await browser.openPage('about:blank')
  for (let death = 0; death < 2; death++) {
    const doomed = await window.page.context().newPage()
    await doomed.goto(host.address)
    await pluginsPage(doomed).says('hangs', 'starting')
    // As when the whole tab dies: nothing is said or done on the way out.
    const crashed = doomed.waitForEvent('crash')
    doomed.goto('chrome://crash').catch(() => undefined)
    await crashed
  }
  const { page } = window
  await page.goto(host.address)
  const { row, says } = pluginsPage(page)
  await says('hangs', 'given up')
  assert.match(await row('hangs').innerText(), /starting both times Palabre died/)
  await says('clock-system', 'running')
  await page.evaluate('globalThis.tame = true')
  await row('hangs').getByRole('button', { name: 'Try again' }).click()
  await says('hangs', 'running')
})

test('leaving and loading again in haste accuses nobody, nor do tabs that start together', async (browser) => {
  const code = starting(`return new Promise((done) => { if (location.hash === '#tame') done() })`)
  await using host = await startWebHost({ plugins: [{ id: 'slow', code }] })
  await using window = await browser.openPage('about:blank')
  const { page } = window
  for (let haste = 0; haste < 3; haste++) {
    await page.goto(host.address)
    await pluginsPage(page).says('slow', 'starting')
  }
  const others = await Promise.all([0, 1, 2].map(() => page.context().newPage()))
  await Promise.all(others.map((other) => other.goto(host.address)))
  await Promise.all(others.map((other) => pluginsPage(other).says('slow', 'starting')))
  await Promise.all(others.map((other) => other.close()))
  await page.goto('about:blank')
  await page.goto(`${host.address}#tame`)
  await pluginsPage(page).says('slow', 'running')
})

test('the page that was built goes on when its folder is gone', async (browser) => {
  await using host = await startWebHost()
  rmSync(join(host.folder, 'page'), { recursive: true })
  await using window = await browser.openPage(host.address)
  await pluginsPage(window.page).says('clock-system', 'running')
})

run()
