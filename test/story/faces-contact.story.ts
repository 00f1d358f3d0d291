import type { Contact } from '@palabre/sdk/contract/contacts'
import type { Locator, Page } from 'playwright-core'
import * as assert from 'uvu/assert'
import { findingsOf } from '../browser/axe.ts'
import { browserSuite } from '../browser/browser-suite.ts'
import { framed, openAcquainted } from '../browser/two-faces.ts'

const { test, run } = await browserSuite('what is decided about a person')

test('compared, renamed, kept to a road, blocked, removed: all from the keyboard', async (browser) => {
  await using people = await openAcquainted()
  await people.say('before')
  // Tall enough that nothing is scrolled out of sight, where contrasts cannot be told.
  await using window = await browser.openPage(people.awa.address, { viewport: { width: 1100, height: 1600 } })
  const { page } = window
  const { keyboard } = page
  const { row, said, composer } = framed(page)
  const person = page.locator('palabre-contacts')
  const button = (name: string) => person.getByRole('button', { name })
  const press = async (target: Locator) => {
    await tabTo(page, target)
    await keyboard.press('Enter')
  }
  const known = async () => (await people.here.run('contacts.show', { contact: 'Bintou' })).data as Contact & SafetyNumber
  const toPerson = async (name: string) => {
    await keyboard.press('Control+Shift+P')
    await keyboard.type('go to: contacts')
    await page.getByRole('option', { name: 'Go to: Contacts', selected: true }).waitFor()
    await keyboard.press('Enter')
    await press(person.locator('.person', { hasText: name }))
    await person.locator('.button.primary:focus', { hasText: 'Talk' }).waitFor()
  }
  await row('Bintou').waitFor()
  await toPerson('Bintou')

  const theirs = (await people.there.run('contacts.show', { contact: 'Awa' })).data as SafetyNumber
  await person.locator('.digits > span').first().waitFor()
  const digits = (await person.locator('.digits').innerText()).replace(/\s/g, '')
  assert.is(digits, theirs.safetyNumber, 'the same number on both sides')
  await press(button('It is the same'))
  await person.getByText('verified', { exact: true }).first().waitFor()
  await person.locator('button:focus', { hasText: 'Not verified any more' }).waitFor()
  assert.ok((await known()).verified)

  await tabTo(page, person.getByRole('radio', { name: 'Allow direct connections' }))
  await keyboard.press('ArrowDown')
  await person.getByRole('radio', { name: 'Require a relay', checked: true }).waitFor()
  while ((await known()).policy !== 'relayed-only');
  await keyboard.press('ArrowUp')
  while ((await known()).policy !== 'direct-allowed');

  await press(button('Block'))
  await person.locator('button:focus', { hasText: 'Unblock' }).waitFor()
  await person.getByText('blocked', { exact: true }).waitFor()
  assert.equal(await findingsOf(page), [])
  await window.picture('face-contact')
  await people.there.run('send', { to: 'Awa', message: 'while blocked', wait: 'kept', seconds: 0 })
  await press(button('Talk'))
  await page.getByText('You have blocked this person.').waitFor()
  assert.is(await composer.count(), 0)
  await toPerson('Bintou')
  await press(button('Unblock'))
  await people.say('after')
  await press(button('Talk'))
  await said('after').waitFor()
  await page.locator('palabre-composer textarea:focus').waitFor()

  await toPerson('Bintou')
  await tabTo(page, person.getByRole('textbox', { name: 'The name you give them' }))
  await keyboard.press('Control+a')
  await keyboard.type('Bibi')
  await keyboard.press('Enter')
  await person.getByRole('heading', { name: 'Bibi', level: 1 }).waitFor()
  await person.getByText('Calls themselves Bintou').waitFor()
  await press(button('Talk'))
  await row('Bibi').waitFor()
  await toPerson('Bibi')

  await press(button('Remove with all that was said'))
  const keep = person.locator('[data-answer="keep"]:focus')
  await keep.waitFor()
  assert.equal(await findingsOf(page), [], 'asking')
  await keyboard.press('Enter')
  await person.locator('button:focus', { hasText: 'Remove with all that was said' }).waitFor()
  await keyboard.press('Enter')
  await keep.waitFor()
  await press(button('Remove for good'))
  await person.getByRole('heading', { name: 'Nobody yet' }).waitFor()
  await person.locator('h1:focus').waitFor()
  await row('Bibi').waitFor({ state: 'detached' })
  assert.equal((await people.here.run('contacts.list')).data, [])
  assert.equal([window.violations, window.errors, window.foreign], [[], [], []])
})

run()

interface SafetyNumber {
  readonly safetyNumber: string
}

/** By the Tab key alone, as somebody does who has no pointer. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor()
  for (let steps = 0; steps < 80; steps++) {
    if (await target.evaluate((one) => one.matches(':focus'))) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the Tab key does not lead to ${String(target)}`)
}
