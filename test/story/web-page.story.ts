import * as assert from 'uvu/assert'
import { browserSuite } from '../browser/browser-suite.ts'
import { pluginsPage } from '../browser/plugins-page.ts'
import { probe, probePlugin } from '../browser/probe-plugin.ts'
import { relayBeside, startWebHost } from '../browser/web-host.ts'

const { test, run } = await browserSuite('the page')

test('it starts under the strict policy with nothing refused, nothing thrown and nobody else asked', async (browser) => {
  await using host = await startWebHost({ plugins: [probePlugin] })
  await using window = await browser.openPage(host.address)
  const { says } = pluginsPage(window.page)
  await says('plugin-manager', 'running')
  console.log(
    `MEASURED: the plugins are on the screen ${Math.round(await window.page.evaluate('performance.now()'))} ms after the address was opened`,
  )
  await says('clock-system', 'running')
  await says('view-plugins', 'running')
  assert.equal(window.violations, [])
  assert.equal(window.errors, [])
  // The relay beside the page is where others are met; it may or may not be asked this early.
  const relay = await relayBeside(host.address)
  assert.equal(
    window.foreign.filter((url) => new URL(url).host !== relay),
    [],
  )
  assert.is(await window.page.title(), 'Plugins · Palabre')
  await window.picture('page-dark')
})

test('the account sees what it is there to see', async (browser) => {
  await using host = await startWebHost()
  const planted = {
    'require-trusted-types-for': `document.body.innerHTML = '<p>'`,
    'trusted-types': `trustedTypes.createPolicy('mine', {})`,
    'style-src-attr': `document.body.setAttribute('style', 'color: red')`,
    'connect-src': `fetch('http://127.0.0.1:9/')`,
    'img-src': `new Image().src = 'http://127.0.0.1:9/x.png'`,
    'base-uri': `document.head.append(Object.assign(document.createElement('base'), { href: '/x/' }))`,
  }
  for (const [directive, code] of Object.entries(planted)) {
    await using window = await browser.openPage(host.address)
    await pluginsPage(window.page).row('clock-system').waitFor()
    assert.equal(window.violations, [])
    const seen = window.page.waitForEvent('console', (message) => message.text().includes(directive))
    await window.page.evaluate(`Promise.try(() => { ${code} }).then((it) => it, () => {})`)
    await seen
    assert.ok(
      window.violations.some((one) => one.includes(directive)),
      directive,
    )
  }
})

test('the account sees strangers and stray errors too', async (browser) => {
  await using host = await startWebHost()
  await using stranger = await startWebHost()
  await using window = await browser.openPage(host.address)
  const asked = window.page.waitForEvent('request', (request) => request.url().startsWith(stranger.address))
  const thrown = window.page.waitForEvent('pageerror')
  await window.page.evaluate(`void fetch('${stranger.address}').catch(() => setTimeout(() => { throw new Error('stray') }))`)
  await thrown
  assert.match(window.errors.join(), 'stray')
  // The policy stops it before it leaves, so it is asked for by going there.
  await window.page.goto(stranger.address).catch(() => undefined)
  await asked
  assert.ok(window.foreign.some((url) => url.startsWith(stranger.address)))
})

test('text cannot become code in the page, and nobody can change what all objects share', async (browser) => {
  await using host = await startWebHost()
  await using window = await browser.openPage(host.address)
  await pluginsPage(window.page).row('clock-system').waitFor()
  assert.is(await window.page.evaluate('Object.isFrozen(Object.prototype)'), true)
  // Asked by a timer: what a test asks directly is exempt from the policy.
  const refused = await window.page.evaluate(
    `new Promise((done) => setTimeout(() => { try { done((0, eval)('1')) } catch (error) { done(error.name) } }))`,
  )
  assert.is(refused, 'EvalError')
})

test('it speaks the language of the browser, then the one that was chosen', async (browser) => {
  await using host = await startWebHost()
  await using window = await browser.openPage(host.address, { locale: 'fr-CA' })
  const { row, says } = pluginsPage(window.page)
  await says('clock-system', 'en marche')
  assert.is(await window.page.locator('html').getAttribute('lang'), 'fr')
  assert.match(await row('clock-system').innerText(), 'L’horloge de la machine')
  await window.picture('page-french')

  await window.page.getByRole('button', { name: 'English' }).click()
  await says('clock-system', 'running')
  assert.is(await window.page.title(), 'Plugins · Palabre')
  await window.page.reload()
  await says('clock-system', 'running')
  await window.page.getByRole('button', { name: 'Français' }).waitFor()
})

test('views of several plugins share the page: a link leads to each, and a status stands below', async (browser) => {
  const view = (id: string, place: string) => `import { definePlugin, text } from '@palabre/sdk'
import { View } from '@palabre/sdk/contract/view'
import { html, LitElement } from 'lit'
class Element extends LitElement { render() { return html\`<h1>\${this.word}</h1>\` } }
export const plugin = definePlugin({
  provides: { view: View },
  start() {
    if (!customElements.get('palabre-${id}')) customElements.define('palabre-${id}', Element)
    return { view: { id: '${id}', title: text('${id}', '${id}'), place: '${place}', tag: 'palabre-${id}', properties: { word: 'word of ${id}' } } }
  },
})`
  const manifest = { provides: ['view@1[]'] }
  await using host = await startWebHost({
    settings: { bindings: { view: ['view-plugins', 'garden'] } },
    plugins: [
      { id: 'garden', code: view('garden', 'panel'), manifest },
      { id: 'weather', code: view('weather', 'status'), manifest },
      probePlugin,
    ],
  })
  await using window = await browser.openPage(host.address)
  await window.page.locator('footer').getByText('word of weather').waitFor()
  await window.page.getByRole('link', { name: 'garden' }).waitFor()
  assert.equal(await window.page.getByRole('link').allInnerTexts(), ['Plugins', 'garden'])
  assert.is(await window.page.locator('palabre-garden').isVisible(), false)
  await window.page.getByRole('link', { name: 'garden' }).click()
  await window.page.getByRole('heading', { name: 'word of garden' }).waitFor()
  assert.is(await window.page.locator('palabre-view-plugins').isVisible(), false)
  assert.is(await window.page.title(), 'garden · Palabre')
  await window.page.reload()
  await window.page.getByRole('heading', { name: 'word of garden' }).waitFor()

  await probe(window.page).run('plugins.disable', { plugin: 'garden' })
  await window.page.getByRole('heading', { name: 'Plugins', level: 1 }).waitFor()
  assert.is(await window.page.locator('palabre-garden').count(), 0)
  assert.is(await window.page.locator('nav').isVisible(), false)
  await probe(window.page).run('plugins.disable', { plugin: 'weather' })
  assert.is(await window.page.locator('footer').isVisible(), false)
  assert.equal(window.violations, [])
  assert.equal(window.errors, [])
})

run()
