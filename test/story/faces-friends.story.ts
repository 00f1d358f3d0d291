import * as assert from 'uvu/assert'
import { findingsOf } from '../browser/axe.ts'
import { browserSuite } from '../browser/browser-suite.ts'
import { framed, openAcquainted } from '../browser/two-faces.ts'

const { test, run } = await browserSuite('who keeps for whom, in the page')

test('a person sees that a contact would keep for them, says yes, takes it back, and sees nothing of it while it is off', async (browser) => {
  await using people = await openAcquainted()
  const standing = async () => {
    const { friends } = (await people.there.run('friends.list')).data as { friends: readonly { standing: string }[] }
    return friends.map((one) => one.standing)
  }
  await using window = await browser.openPage(people.awa.address)
  const { page } = window
  const { door, row } = framed(page)
  await row('Bintou').waitFor()
  await door('contacts').click()
  const person = page.locator('palabre-contacts .person', { hasText: 'Bintou' })
  await person.waitFor()
  assert.is(await person.locator('.tag').count(), 0)
  await people.there.run('friends.add', { contact: 'Awa' })
  await person.getByText('would keep for you').click()

  const turn = page.getByRole('switch', { name: 'Keep messages for each other' })
  await page.getByText('They have said yes and wait for yours.').waitFor()
  assert.is(await turn.getAttribute('aria-checked'), 'false')
  assert.equal(await findingsOf(page), [])
  await turn.click()
  await page.getByText('You both said yes: it works.').waitFor()
  while ((await standing())[0] !== 'mutual');
  await page.getByText('keeps for you', { exact: true }).waitFor()
  await turn.click()
  await page.getByText('They have said yes and wait for yours.').waitFor()
  while ((await standing())[0] !== 'offered');

  await people.here.run('plugins.disable', { plugin: 'mailbox-friends' })
  await door('chat').click()
  await door('contacts').click()
  await person.click()
  await page.getByRole('heading', { name: 'Safety number' }).waitFor()
  await turn.waitFor({ state: 'detached' })
  assert.equal([window.violations, window.errors], [[], []])
})

run()
