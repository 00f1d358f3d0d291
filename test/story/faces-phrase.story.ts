import * as assert from 'uvu/assert'
import type { Page } from 'playwright-core'
import { findingsOf } from '../browser/axe.ts'
import { browserSuite } from '../browser/browser-suite.ts'
import { probe, probePlugin } from '../browser/probe-plugin.ts'
import { framed, openAcquainted } from '../browser/two-faces.ts'
import { startWebHost } from '../browser/web-host.ts'

const { test, run } = await browserSuite('24 words')

/** Every text there is in the page, shadow roots and fields included. */
const everything = (page: Page) =>
  page.evaluate(`(() => {
    const texts = (root) => [...root.querySelectorAll('*')].flatMap((one) => [
      ...[...one.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ data }) => data.trim()),
      ...(one.matches('input, textarea') ? [String(one.value)] : []),
      ...(one.shadowRoot ? texts(one.shadowRoot) : []),
    ])
    return texts(document).filter((one) => one !== '').join(' ')
  })()`) as Promise<string>

test('the words are offered after the first message, shown when they are asked for, and gone again', async (browser) => {
  await using people = await openAcquainted({ plugins: { 'log-console': { config: { level: 'trace' } } } })
  await using window = await browser.openPage(people.awa.address, { viewport: { width: 1100, height: 1800 } })
  const { page } = window
  const { door, row, said, composer } = framed(page)
  const offer = page.locator('palabre-phrase-offer')
  const section = page.locator('palabre-phrase')
  const phrase = ((await people.here.run('id.phrase', { yesShowIt: true })).data as { phrase: string }).phrase
  const someOf = phrase.split(' ').slice(4, 8).join(' ')

  await row('Bintou').click()
  await people.say('good morning')
  await said('good morning').waitFor()
  assert.is(await offer.count(), 0)
  await composer.fill('Good morning!')
  await composer.press('Enter')
  await offer.waitFor()
  assert.equal(await findingsOf(page), [])
  await window.picture('face-phrase-offer')
  await offer.getByRole('button', { name: 'Write them down' }).click()
  await page.getByRole('heading', { name: 'Your 24 words' }).waitFor()
  await offer.waitFor({ state: 'detached' })
  assert.not.match(await everything(page), someOf)

  await section.getByRole('button', { name: 'Show my 24 words' }).press('Enter')
  await section.locator('.words:focus').waitFor()
  assert.match(await everything(page), someOf)
  for (const theme of ['dark', 'light'] as const) {
    if (theme === 'light') await page.getByRole('button', { name: 'Light theme' }).click()
    // What is scrolled out of sight has no contrast that could be told.
    await page.getByRole('heading', { name: 'Settings' }).scrollIntoViewIfNeeded()
    assert.equal(await findingsOf(page), [], theme)
    await section.scrollIntoViewIfNeeded()
    await window.picture(`face-phrase-shown-${theme}`)
  }
  await section.getByRole('button', { name: 'Hide them' }).click()
  await section.getByRole('button', { name: 'Show my 24 words' }).waitFor()
  assert.not.match(await everything(page), someOf)

  await section.getByRole('button', { name: 'Show my 24 words' }).click()
  await section.getByRole('button', { name: 'Copy…' }).click()
  await section.getByText('Other programs can read what is copied').waitFor()
  await window.picture('face-phrase-copy')
  await section.getByRole('button', { name: 'Rather not' }).click()
  await door('contacts').click()
  assert.not.match(await everything(page), someOf)

  await page.reload()
  await door('chat').click()
  await row('Bintou').click()
  await composer.fill('Again')
  await composer.press('Enter')
  await said('Again').waitFor()
  assert.is(await offer.count(), 0)
  assert.equal([window.violations, window.errors], [[], []])
  const { out, err } = people.awa.desktop
  assert.not.match([...out, ...err].join('\n'), someOf)
  assert.match(err.join('\n'), /./, 'the log was on')
})

test('in another browser the words on the first screen make the same person', async (browser) => {
  await using host = await startWebHost({ faces: true, plugins: [probePlugin] })
  await using before = await browser.openPage(host.address)
  await framed(before.page).begin('Awa')
  await before.page.getByRole('img', { name: 'The invite link as a QR code' }).waitFor()
  const { userId } = (await probe(before.page).run('id.show')).data as { userId: string }
  await framed(before.page).door('settings').click()
  await before.page.locator('palabre-phrase').getByText('live in this browser, on this device, and nowhere else').waitFor()
  await before.page.locator('palabre-phrase').getByRole('button', { name: 'Ask the browser to keep them' }).click()
  await before.page.getByText('The browser has not agreed.').waitFor()
  await before.page.getByRole('button', { name: 'Show my 24 words' }).click()
  const words = await before.page.locator('palabre-phrase .words li').allTextContents()
  assert.is(words.length, 24)

  await using after = await browser.openPage(host.address, { viewport: { width: 1100, height: 1300 } })
  const { page } = after
  await page.getByText('I have 24 words of mine').click()
  const field = page.getByLabel('Your 24 words, in their order')
  await field.fill(words.with(3, 'palaver').join(' '))
  await page.getByRole('button', { name: 'Bring my identity back' }).click()
  await page.getByRole('alert').filter({ hasText: 'word 4 is not of the list' }).waitFor()
  assert.equal(await findingsOf(page), [])
  await after.picture('face-restore')
  await field.fill(` ${words.join('\n')} `)
  await page.getByRole('button', { name: 'Bring my identity back' }).click()
  await page.getByText('You are yourself again.').waitFor()
  await framed(page).begin('Awa')
  await page.getByRole('img', { name: 'The invite link as a QR code' }).waitFor()
  assert.equal((await probe(page).run('id.show')).data, { userId })
  for (const { violations, errors } of [before, after]) assert.equal([violations, errors], [[], []])
})

run()
