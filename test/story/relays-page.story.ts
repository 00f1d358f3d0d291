import type { Page } from 'playwright-core'
import * as assert from 'uvu/assert'
import { findingsOf } from '../browser/axe.ts'
import { browserSuite } from '../browser/browser-suite.ts'
import { startRelayProcess } from '../mailbox/relay-process.ts'
import { openProfile } from './desktop-process.ts'

const { test, run } = await browserSuite('relays in the settings of the desktop’s window')

const onLoopback = {
  'transport-tcp': { config: { listen: ['/ip4/127.0.0.1/tcp/0'] } },
  'transport-websocket': { config: { listen: ['/ip4/127.0.0.1/tcp/0/ws'] } },
  'stun-server': false,
}

/** Somebody who is new here says a name first. */
async function openSettings(page: Page): Promise<void> {
  await page.locator('palabre-welcome #name').fill('Awa')
  await page.keyboard.press('Enter')
  await page.locator('palabre-shell .door[data-view="settings"]').click()
}

test('a person adds a relay by its link, sees that it is reached and what it sees, and removes it', async (browser) => {
  await using relay = await startRelayProcess()
  await using profile = await openProfile({ plugins: onLoopback })
  const desktop = await profile.start(['--json'])
  await using window = await browser.openPage((await desktop.told()).address)
  const { page } = window
  await openSettings(page)
  // In both languages.
  await page.locator('palabre-settings input[type="search"]').fill('Rela')
  const section = page.locator('palabre-settings palabre-relays')
  await section.getByText('No relay keeps messages for you.').waitFor()
  const [field, add] = [section.getByRole('textbox'), section.getByRole('button', { name: 'Add' })]

  await field.fill('hello')
  await add.click()
  await section.getByRole('alert').getByText('no link to a relay').waitFor()
  await field.fill(relay.link)
  await add.click()
  const row = section.getByRole('listitem')
  await row.getByText('Reached', { exact: true }).waitFor()
  assert.is(await section.getByRole('alert').count(), 0)
  // What was said once lies over the page until then.
  await page.locator('palabre-shell .toast p').waitFor({ state: 'detached' })
  assert.equal(await findingsOf(page), [])
  await window.picture('relays')

  await relay.kill()
  await row.getByText('Out of reach').waitFor()
  await page.locator('palabre-shell .status').getByRole('button', { name: 'Français' }).click()
  await row.getByText('Injoignable').waitFor()
  await section.getByRole('button', { name: 'Retirer' }).click()
  await section.getByText('Aucun relais ne garde vos messages.').waitFor()
  assert.equal([window.violations, window.errors, window.foreign], [[], [], []])
})

test('switched off, the settings have no such section', async (browser) => {
  await using profile = await openProfile({ plugins: { ...onLoopback, 'view-relays': false } })
  const desktop = await profile.start(['--json'])
  await using window = await browser.openPage((await desktop.told()).address)
  await openSettings(window.page)
  const settings = window.page.locator('palabre-settings')
  await settings.getByRole('heading', { name: 'Look' }).waitFor()
  assert.is(await settings.getByRole('heading', { name: 'Relays' }).count(), 0)
})

run()
