// limit: 300 s
import * as assert from 'uvu/assert'
import { browserSuite } from '../browser/browser-suite.ts'
import type { TestBrowser } from '../browser/browser.ts'
import type { WatchedPage } from '../browser/watched-page.ts'
import { framed } from '../browser/two-faces.ts'
import { probe, probePlugin } from '../browser/probe-plugin.ts'
import { startWebHost } from '../browser/web-host.ts'

const { test, run } = await browserSuite('views in their frame')

const withExample = { plugins: { 'example-view': true } }

/** What of each view a person sees, and misses when it is off. */
const seen: Readonly<Record<string, string>> = {
  'view-conversations': 'palabre-conversations',
  'view-chat': '.door[data-view="chat"]',
  'view-contacts': '.door[data-view="contacts"]',
  'view-network': '.door[data-view="network"]',
  'view-settings': '.door[data-view="settings"]',
  'view-plugins': '.door[data-view="plugins"]',
  'example-view': '.door[data-view="tally"]',
}

test('each view goes off with what it brought, and comes back, while the others stay', async (browser) => {
  await using host = await startWebHost({ faces: true, settings: withExample, plugins: [probePlugin] })
  await using window = await openNamed(browser, host.address)
  const kernel = probe(window.page)
  await window.page.locator(seen['view-chat']!).click()
  for (const [id, sight] of Object.entries(seen)) {
    const place = window.page.locator(`palabre-shell ${sight}`)
    await place.waitFor()
    await kernel.run('plugins.disable', { plugin: id })
    await place.waitFor({ state: 'detached' })
    const off = (await kernel.list()).find((info) => info.id === id)!
    assert.ok(
      Object.values(off.holds).every((count) => count === 0),
      `${id} still holds ${JSON.stringify(off.holds)}`,
    )
    await kernel.run('plugins.enable', { plugin: id })
    await place.waitFor()
  }
  await window.page.locator(seen['view-plugins']!).click()
  const wayToSettings = window.page.getByRole('button', { name: /^Settings: / }).first()
  await wayToSettings.waitFor()
  await kernel.run('plugins.disable', { plugin: 'view-settings' })
  await wayToSettings.waitFor({ state: 'detached' })
  assert.equal([window.violations, window.errors], [[], []])
})

test('without the frame the plugins page stands alone, and brings it back', async (browser) => {
  await using host = await startWebHost({ faces: true, plugins: [probePlugin] })
  await using window = await openNamed(browser, host.address)
  const kernel = probe(window.page)
  await window.page.locator('palabre-shell .door').first().waitFor()
  await kernel.run('plugins.disable', { plugin: 'view-shell' })
  await window.page.locator('palabre-shell').waitFor({ state: 'detached' })
  const panel = window.page.locator('main palabre-view-plugins')
  await panel.waitFor()
  await window.picture('face-without-frame')
  await panel.locator('[data-plugin="view-shell"]').getByRole('switch').click()
  await window.page.locator('palabre-shell .door').first().waitFor()
  assert.equal([window.violations, window.errors], [[], []])
})

test('another plugin adds a panel, a status line, a settings section and a key, in the language that is spoken', async (browser) => {
  await using host = await startWebHost({ faces: true, settings: withExample })
  await using window = await openNamed(browser, host.address)
  const { door } = framed(window.page)
  await door('tally').waitFor()
  await window.page.keyboard.press('Alt+t')
  await window.page.locator('palabre-shell .status palabre-tally', { hasText: '1 counted' }).waitFor()
  await door('tally').click()
  await window.page.locator('palabre-shell .panel > palabre-tally', { hasText: '1 counted' }).waitFor()
  await door('settings').click()
  await window.page.locator('palabre-settings palabre-tally', { hasText: '1 counted' }).waitFor()
  await window.page.keyboard.press('Control+Shift+P')
  await window.page.keyboard.type('count one')
  await window.page.getByRole('option', { name: 'Count one more' }).waitFor()
  await window.page.keyboard.press('Enter')
  await window.page.locator('palabre-shell .status palabre-tally', { hasText: '2 counted' }).waitFor()
  await window.page.locator('palabre-shell .status').getByRole('button', { name: 'Français' }).click()
  await window.page.locator('palabre-shell .status palabre-tally', { hasText: '2 comptés' }).waitFor()
  await window.page.reload()
  await door('tally').filter({ hasText: 'Compteur' }).waitFor()
})

test('the theme that was chosen is worn again after a reload', async (browser) => {
  await using host = await startWebHost({ faces: true })
  await using window = await openNamed(browser, host.address)
  const lightness = async () =>
    Number(
      await window.page.evaluate(
        `/oklch\\(([\\d.]+)/.exec(getComputedStyle(document.querySelector('palabre-shell')).backgroundColor)[1]`,
      ),
    )
  await window.page.locator('palabre-shell .door').first().waitFor()
  assert.ok((await lightness()) < 0.3)
  await window.page.getByRole('button', { name: 'Light theme' }).click()
  assert.ok((await lightness()) > 0.85)
  await window.page.reload()
  await window.page.getByRole('button', { name: 'Dark theme' }).waitFor()
  assert.ok((await lightness()) > 0.85)
})

run()

/** The first start is over: it covers everything until there is a name. */
async function openNamed(browser: TestBrowser, address: string): Promise<WatchedPage> {
  const window = await browser.openPage(address)
  await framed(window.page).begin('Awa')
  await window.page.getByRole('img', { name: 'The invite link as a QR code' }).waitFor()
  return window
}
