import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Why } from '@palabre/sdk/contract/plugins'
import * as assert from 'uvu/assert'
import { browserSuite } from '../browser/browser-suite.ts'
import type { TestBrowser } from '../browser/browser.ts'
import type { WatchedPage } from '../browser/watched-page.ts'
import { openFace } from './bare-face.ts'
import { openProfile, type DesktopProcess, type TestProfile } from './desktop-process.ts'

const { test, run } = await browserSuite('the desktop’s page')

const row = ({ page }: WatchedPage, id: string) => page.locator(`[data-plugin="${id}"]`)
const says = (window: WatchedPage, id: string, state: string) =>
  row(window, id)
    .locator('.state', { hasText: new RegExp(`^${state}$`, 'i') })
    .waitFor()
const toggle = (window: WatchedPage, id: string) => row(window, id).getByRole('switch')

/** Asked of the kernel itself, past any page. */
async function stateInKernel(profile: TestProfile, id: string): Promise<string> {
  await using face = await openFace(await newAddress(profile))
  return ((await face.run('plugins.why', { plugin: id })).data as Why).plugin.state
}

async function newAddress(profile: TestProfile): Promise<string> {
  return (await (await profile.start(['--json'])).told()).address
}

/** Somebody lives there already: the first start has a story of its own. */
async function startDesktop(profile: TestProfile): Promise<{ desktop: DesktopProcess; address: string }> {
  const desktop = await profile.start(['--json'])
  const { address } = await desktop.told()
  await using face = await openFace(await newAddress(profile))
  await face.run('id.name', { name: 'Awa' })
  return { desktop, address }
}

async function openPlugins(browser: TestBrowser, address: string): Promise<WatchedPage> {
  const window = await browser.openPage(address)
  await window.page.locator('palabre-shell .door[data-view="plugins"]').click()
  return window
}

test('a switch in the page stops the plugin in the kernel, and another page sees it at once', async (browser) => {
  await using profile = await openProfile()
  const { address } = await startDesktop(profile)
  await using one = await openPlugins(browser, address)
  await using other = await openPlugins(browser, await newAddress(profile))
  for (const window of [one, other]) await says(window, 'log-console', 'running')
  assert.ok(await row(one, 'port-loopback').isVisible(), 'these are the plugins of the kernel in Node')

  await toggle(one, 'log-console').click()
  for (const window of [one, other]) await says(window, 'log-console', 'off')
  assert.is(await stateInKernel(profile, 'log-console'), 'disabled')
  assert.equal(JSON.parse(readFileSync(profile.settings, 'utf8')), { plugins: { 'log-console': false } })

  await toggle(other, 'log-console').click()
  for (const window of [one, other]) await says(window, 'log-console', 'running')
  assert.is(await stateInKernel(profile, 'log-console'), 'running')
  await one.picture('desktop-page')
  for (const { violations, errors, foreign } of [one, other]) assert.equal([violations, errors, foreign], [[], [], []])
})

test('plugins.json edited by hand is followed by the page', async (browser) => {
  await using profile = await openProfile()
  const { address } = await startDesktop(profile)
  await using window = await openPlugins(browser, address)
  await says(window, 'log-console', 'running')
  await profile.write({ plugins: { 'log-console': false } })
  await says(window, 'log-console', 'off')
  await profile.write({ plugins: {} })
  await says(window, 'log-console', 'running')
})

test('the token leaves the address at once, and a page that reloads is let in again', async (browser) => {
  await using profile = await openProfile()
  const { address } = await startDesktop(profile)
  await using window = await openPlugins(browser, address)
  await says(window, 'log-console', 'running')
  assert.not.match(window.page.url(), 'token')
  await window.page.reload()
  await says(window, 'log-console', 'running')
  await window.page.evaluate(`location.hash = '#plugins'`)
  await toggle(window, 'log-console').click()
  await says(window, 'log-console', 'off')
  assert.equal(window.errors, [])
})

test('an address used before lets no second browser in, and it says why', async (browser) => {
  await using profile = await openProfile()
  const { address } = await startDesktop(profile)
  await using first = await openPlugins(browser, address)
  await says(first, 'log-console', 'running')
  await using second = await openPlugins(browser, address)
  const notice = second.page.getByRole('alert')
  await notice.filter({ hasText: 'its address was used before' }).waitFor()
  assert.match(await notice.innerText(), 'npm start')
  assert.is(await row(second, 'log-console').count(), 0)

  const { hash } = new URL(await newAddress(profile))
  await second.page.evaluate(`location.hash = '${hash}'`)
  await says(second, 'log-console', 'running')
})

test('a page that crashes takes nothing with it', async (browser) => {
  await using profile = await openProfile()
  const { address } = await startDesktop(profile)
  await using window = await openPlugins(browser, address)
  await says(window, 'log-console', 'running')
  const crashed = window.page.waitForEvent('crash')
  await window.page.goto('chrome://crash').catch(() => undefined)
  await crashed
  await using again = await openPlugins(browser, await newAddress(profile))
  await says(again, 'log-console', 'running')
})

test('the page says when the kernel has ended', async (browser) => {
  await using profile = await openProfile()
  const { desktop, address } = await startDesktop(profile)
  await using window = await openPlugins(browser, address)
  await says(window, 'log-console', 'running')
  assert.is(await desktop.stop(), 0)
  await window.page.getByRole('alert').filter({ hasText: 'does not answer' }).waitFor()
  await window.page.getByRole('alert').filter({ hasText: 'npm start' }).waitFor()
})

test('the page holds what a face needs, and no part of what runs in Node', async (browser) => {
  await using profile = await openProfile()
  const { address } = await startDesktop(profile)
  await using window = await openPlugins(browser, address)
  await says(window, 'log-console', 'running')
  const plugins = (await readdir(join(profile.dir, 'page', 'assets', 'plugin'))).map((name) => name.split('.')[0]!)
  assert.equal(plugins.filter((id) => !id.startsWith('view-')).toSorted(), ['log-console', 'port-socket'])
  assert.ok(plugins.includes('view-plugins'))
})

run()
