import * as assert from 'uvu/assert'
import { browserSuite } from '../browser/browser-suite.ts'
import { framed, openPerson, type Person } from '../browser/two-faces.ts'

const { test, run } = await browserSuite('two people and their pages')

test('a newcomer types a name, sends the link, and both talk', async (browser) => {
  await using awa = await openPerson()
  await using bintou = await openPerson()
  await using one = await browser.openPage(awa.address)
  await using other = await browser.openPage(bintou.address)
  const here = framed(one.page)
  const there = framed(other.page)

  await one.page.getByLabel('Your name').fill('Awa')
  await one.picture('face-first-start')
  await one.page.getByRole('button', { name: 'Begin' }).click()
  await one.page.getByRole('img', { name: 'The invite link as a QR code' }).waitFor()
  await one.picture('face-invite')
  const link = await here.link()

  await there.begin('Bintou', link)
  await there.composer.fill('Are you there?')
  await there.composer.press('Enter')

  await here.door('chat').click()
  await here.row('Bintou').click()
  await here.said('Are you there?').waitFor()
  await here.composer.fill('I am, **here**!')
  await here.composer.press('Enter')
  await there.said('I am, here!').waitFor()
  await here.said('I am, here!').locator('.state.read').waitFor()
  await one.page.locator('palabre-path').getByRole('status').filter({ hasText: 'Direct · local network' }).waitFor()
  await one.picture('face-talk')

  await there.said('I am, here!').hover()
  await there.said('I am, here!').getByRole('button', { name: 'Reply' }).click()
  await there.composer.fill('Good.')
  await there.composer.press('Enter')
  await here.said('Good.').locator('.quoted', { hasText: 'I am, here!' }).waitFor()

  await here.composer.fill('half a thou')
  await draftKept(awa, 'half a thou')
  await one.page.reload()
  await here.composer.waitFor()
  await here.said('Good.').waitFor()
  await one.page.locator('palabre-composer .send:not([disabled])').waitFor()
  assert.is(await here.composer.inputValue(), 'half a thou')

  const crashed = one.page.waitForEvent('crash')
  await one.page.goto('chrome://crash').catch(() => undefined)
  await crashed
  await using again = await browser.openPage(await awa.newAddress())
  const back = framed(again.page)
  await back.row('Bintou').click()
  await back.said('Good.').waitFor()
  await again.page.locator('palabre-composer .send:not([disabled])').waitFor()
  assert.is(await back.composer.inputValue(), 'half a thou', 'the page crashed, and what was begun is there')
  for (const { violations, errors, foreign } of [one, other]) assert.equal([violations, errors, foreign], [[], [], []])
})

test('all of it without a pointer, from the name to the last word', async (browser) => {
  await using awa = await openPerson()
  await using bintou = await openPerson()
  await using other = await bintou.ask()
  await other.run('id.name', { name: 'Bintou' })
  const { link } = (await other.run('invite.create')).data as { link: string }
  await using window = await browser.openPage(awa.address)
  const { keyboard } = window.page
  const { said, row } = framed(window.page)
  const focusedComposer = window.page.locator('palabre-composer textarea:focus')

  // What is typed before the field has the focus goes nowhere.
  await window.page.locator('palabre-welcome #name:focus').waitFor()
  await keyboard.type('Awa')
  await keyboard.press('Tab')
  await keyboard.insertText(link)
  await keyboard.press('Enter')
  await focusedComposer.waitFor()
  await keyboard.type('by keys')
  await keyboard.press('Enter')
  await said('by keys').waitFor()

  await keyboard.press('ArrowUp')
  await keyboard.type(' alone')
  await keyboard.press('Enter')
  await said('by keys alone').waitFor()

  await keyboard.press('Control+Shift+P')
  await window.page.getByRole('combobox').waitFor()
  await keyboard.type('go to: settings')
  await window.page.getByRole('option', { name: 'Go to: Settings', selected: true }).waitFor()
  await keyboard.press('Enter')
  await window.page.getByRole('heading', { name: 'Settings' }).waitFor()
  await window.page.locator('palabre-settings input[type="search"]:focus').waitFor()

  await keyboard.press('Control+k')
  await window.page.getByRole('option', { name: 'Bintou', selected: true }).waitFor()
  await keyboard.press('Enter')
  await focusedComposer.waitFor()
  await row('Bintou').waitFor()

  await keyboard.press('Control+/')
  await window.page.getByRole('heading', { name: 'Keyboard map' }).waitFor()
  await keyboard.press('Escape')
  await window.page.getByRole('heading', { name: 'Keyboard map' }).waitFor({ state: 'detached' })
  await focusedComposer.waitFor()
  assert.equal([window.violations, window.errors], [[], []])
})

run()

/** The kernel answers at once; what was typed comes to it a moment later. */
async function draftKept(person: Person, words: string): Promise<void> {
  await using face = await person.ask()
  const { conversation } = ((await face.run('conversations')).data as { conversation: string }[])[0]!
  for (const until = Date.now() + 10_000; Date.now() < until;) {
    if (((await face.run('messages.draft', { peer: conversation })).data as { draft: string }).draft === words) return
  }
  throw new Error('the draft was not kept')
}
