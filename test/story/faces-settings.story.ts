import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { findingsOf } from '../browser/axe.ts'
import { browserSuite } from '../browser/browser-suite.ts'
import { framed, openPerson } from '../browser/two-faces.ts'

const { test, run } = await browserSuite('the settings')

test('a name, what others see, and a plugin by its form or as JSON; what does not hold is refused beside it', async (browser) => {
  await using awa = await openPerson()
  await using kernel = await awa.ask()
  await kernel.run('id.name', { name: 'Awa' })
  await using window = await browser.openPage(await awa.newAddress())
  const { page } = window
  const { door } = framed(page)
  const settings = page.locator('palabre-settings')
  const plugin = (id: string) => settings.locator(`[data-plugin="${id}"]`)
  /** Once the file of the person says so. */
  const saved = async (level: string) => {
    while (!readFileSync(awa.profile.settings, 'utf8').replace(/\s/g, '').includes(`"level":"${level}"`)) await setTimeout(20)
  }

  await door('settings').click()
  const search = settings.getByRole('searchbox', { name: 'Find a setting' })
  await search.fill('name others')
  await settings.getByRole('heading', { name: 'Look' }).waitFor({ state: 'detached' })
  await settings.getByRole('textbox', { name: 'The name others see' }).fill('Awa Diop')
  await page.keyboard.press('Enter')
  await page.locator('palabre-shell .toast', { hasText: 'Saved.' }).waitFor()
  assert.is(((await kernel.run('id.name')).data as { name: string }).name, 'Awa Diop')
  await search.fill('read')
  await settings.getByRole('switch', { name: 'Tell others that you have read' }).click()
  await settings.getByRole('switch', { name: 'Tell others that you have read', checked: false }).waitFor()
  assert.equal((await kernel.run('messages.receipts')).data, { on: false })
  await search.fill('no such thing')
  await settings.getByText('No setting is called like this.').waitFor()

  await door('plugins').click()
  const row = page.locator('palabre-view-plugins [data-plugin="log-console"]')
  await row.getByRole('button', { name: /^Settings: / }).click()
  await search.fill('')
  await plugin('log-console').locator('summary:focus').waitFor()
  await plugin('log-console').getByLabel('Quietest level shown').selectOption('debug')
  await plugin('log-console').getByRole('button', { name: 'Save' }).click()
  await saved('debug')

  await plugin('log-console').getByRole('button', { name: 'As JSON' }).click()
  const json = plugin('log-console').getByRole('textbox', { name: 'All of its settings' })
  assert.match(await json.inputValue(), '"level": "debug"')
  for (const [written, refused] of [
    ['{ "level": ', 'This is not JSON.'],
    ['{ "level": "whisper" }', 'level'],
  ] as const) {
    await json.fill(written)
    await plugin('log-console').getByRole('button', { name: 'Save' }).click()
    await plugin('log-console').getByRole('alert').filter({ hasText: refused }).waitFor()
  }
  // What is scrolled out of sight has no contrast that could be told.
  await search.fill('log-console')
  assert.equal(await findingsOf(page), [])
  await window.picture('face-settings-json')
  await json.fill('{ "level": "warn" }')
  await plugin('log-console').getByRole('button', { name: 'Save' }).click()
  await plugin('log-console').getByRole('alert').waitFor({ state: 'detached' })
  await saved('warn')
  assert.equal([window.violations, window.errors, window.foreign], [[], [], []])
})

run()
