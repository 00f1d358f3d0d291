import type { StoredMessage } from '@palabre/sdk/contract/store'
import * as assert from 'uvu/assert'
import { findingsOf } from '../browser/axe.ts'
import { browserSuite } from '../browser/browser-suite.ts'
import { framed, openAcquainted } from '../browser/two-faces.ts'

const { test, run } = await browserSuite('what is done with a message')

const link = 'https://example.org/bread'

test('what is new stands below a line; reacted to, copied, changed, found again; only links one knows lead anywhere', async (browser) => {
  await using people = await openAcquainted()
  const { id } = await people.say(`the **bread** is at ${link}`)
  const heard = async (text: string) =>
    ((await people.there.run('history', { peer: 'Awa' })).data as readonly StoredMessage[]).find((one) => one.text === text)
  await using window = await browser.openPage(people.awa.address, { permissions: ['clipboard-read', 'clipboard-write'] })
  const { page } = window
  const { row, said, composer } = framed(page)
  const tool = (words: string, name: string) => said(words).getByRole('button', { name, exact: true })

  await row('Bintou').getByText('1', { exact: true }).waitFor()
  await row('Bintou').getByText('Direct · local network').waitFor({ state: 'attached' })
  await row('Bintou').click()
  assert.match(await page.locator('palabre-chat ol').innerText(), /^today\s+new\s+bintou/i)
  await row('Bintou').getByText('1', { exact: true }).waitFor({ state: 'detached' })
  assert.is(await said('bread').locator('strong').innerText(), 'bread')
  const leads = await said('bread')
    .locator('a')
    .evaluate((one) => [one.getAttribute('href'), one.getAttribute('rel')])
  assert.equal(leads, [link, 'noopener noreferrer nofollow'])

  await said('bread').hover()
  await tool('bread', 'React').click()
  await tool('bread', '👍').click()
  await said('bread').locator('.reactions', { hasText: '👍' }).waitFor()
  while (!Object.values((await heard(`the **bread** is at ${link}`))!.reactions).includes('👍'));
  await tool('bread', 'Copy').click()
  await page.locator('palabre-shell .toast', { hasText: 'Copied.' }).waitFor()
  assert.is(await page.evaluate('navigator.clipboard.readText()'), `the **bread** is at ${link}`)

  await composer.fill('i am comming')
  await composer.press('Enter')
  await said('i am comming').hover()
  await tool('i am comming', 'Edit').click()
  await composer.fill('I am coming')
  await composer.press('Enter')
  await said('I am coming').getByText('edited').waitFor()
  while ((await heard('I am coming'))?.editedAt === undefined);
  const mine = (await heard('I am coming'))!
  await people.there.run('messages.react', { message: mine.id, reaction: '❤️' })
  await said('I am coming').locator('.reactions', { hasText: '❤️' }).waitFor()
  await people.there.run('messages.edit', { message: id, text: 'the **cake** is there' })
  await said('the cake is there').getByText('edited').waitFor()
  await people.there.run('messages.typing', { peer: 'Awa' })
  await page.getByRole('status').filter({ hasText: 'Bintou is typing…' }).waitFor()
  assert.equal(await findingsOf(page), [])
  await window.picture('face-messages')

  await page.keyboard.press('Control+Shift+F')
  await page.getByRole('searchbox', { name: 'Words to look for' }).fill('cake')
  await page.getByText('1 message found').waitFor()
  await page.getByRole('search').getByRole('listitem').getByRole('button').focus()
  await page.keyboard.press('Enter')
  await page.locator('palabre-chat li.found', { hasText: 'the cake is there' }).waitFor()
  await people.there.run('messages.delete', { message: id })
  await said('Message deleted').waitFor()
  assert.is(await said('cake').count(), 0)
  assert.equal([window.violations, window.errors, window.foreign], [[], [], []])
})

run()
