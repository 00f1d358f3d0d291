// slow, limit: 300 s
import type { Contact } from '@palabre/sdk/contract/contacts'
import * as assert from 'uvu/assert'
import { findingsOf } from '../browser/axe.ts'
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

  await other.page.getByLabel('Your name').fill('Bintou')
  await other.page.getByLabel('An invite you were given').fill(link)
  await other.page.getByRole('button', { name: 'Begin' }).click()
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
  await here.said('Good.').locator('.quoted', { hasText: 'I am, **here**!' }).waitFor()

  await here.composer.fill('half a thou')
  await draftKept(awa, 'half a thou')
  await one.page.reload()
  await here.composer.waitFor()
  await here.said('Good.').waitFor()
  await one.page.locator('palabre-composer .send:not([disabled])').waitFor()
  assert.is(await here.composer.inputValue(), 'half a thou')
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

  await window.page.getByLabel('Your name').waitFor()
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
  await keyboard.type('settings')
  await keyboard.press('Enter')
  await window.page.getByRole('heading', { name: 'Settings' }).waitFor()
  await window.page.locator('palabre-settings input[type="search"]:focus').waitFor()

  await keyboard.press('Control+k')
  await window.page.getByRole('option', { name: 'Bintou' }).waitFor()
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

test('axe finds nothing on any view, in either theme', async (browser) => {
  await using awa = await openPerson()
  await using bintou = await openPerson()
  await using other = await bintou.ask()
  await other.run('id.name', { name: 'Bintou' })
  const { link } = (await other.run('invite.create')).data as { link: string }
  await using window = await browser.openPage(awa.address)
  const { door, composer, said, row } = framed(window.page)
  await window.page.getByLabel('Your name').fill('Awa')
  assert.equal(await findingsOf(window.page), [], 'first start')
  await window.page.getByLabel('An invite you were given').fill(link)
  await window.page.getByRole('button', { name: 'Begin' }).click()
  await composer.fill('> a quote\n\n- one\n- two\n\n`code` and https://example.org')
  await composer.press('Enter')
  await said('code').waitFor()

  for (const theme of ['dark', 'light'] as const) {
    if (theme === 'light') await window.page.getByRole('button', { name: 'Light theme' }).click()
    await door('chat').click()
    await row('Bintou').click()
    await said('code').hover()
    assert.equal(await findingsOf(window.page), [], `conversation, ${theme}`)
    await window.page.locator('palabre-path .indicator').click()
    await window.page.getByRole('heading', { name: 'Who sees what' }).waitFor()
    assert.equal(await findingsOf(window.page), [], `route card, ${theme}`)
    await window.picture(`face-route-${theme}`)
    await window.page.keyboard.press('Escape')
    await window.page.keyboard.press('Control+Shift+P')
    await window.page.getByRole('option').first().waitFor()
    assert.equal(await findingsOf(window.page), [], `palette, ${theme}`)
    await window.picture(`face-palette-${theme}`)
    await window.page.keyboard.press('Escape')
    for (const view of ['contacts', 'network', 'plugins', 'settings']) {
      await door(view).click()
      await window.page.getByRole('heading', { level: 1 }).first().waitFor()
      assert.equal(await findingsOf(window.page), [], `${view}, ${theme}`)
      await window.picture(`face-${view}-${theme}`)
    }
    await door('contacts').click()
    await window.page.locator('palabre-contacts .person').first().click()
    await window.page.getByRole('heading', { name: 'Safety number' }).waitFor()
    assert.equal(await findingsOf(window.page), [], `contact, ${theme}`)
  }
})

const hostile = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '"><svg onload=alert(1)>',
  '[click](javascript:alert(1))',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '{{constructor.constructor("alert(1)")()}}',
  '${alert(1)}',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '\u202egnp.exe',
  '__proto__',
]

test('whatever people write, in a name or a message, is text', async (browser) => {
  await using awa = await openPerson()
  await using bintou = await openPerson()
  await using mine = await awa.ask()
  await using theirs = await bintou.ask()
  await mine.run('id.name', { name: 'Awa' })
  await theirs.run('id.name', { name: hostile[0]! })
  const { link } = (await theirs.run('invite.create')).data as { link: string }
  const them = (await mine.run('invite.accept', { invite: link })).data as Contact
  await using window = await browser.openPage(await awa.newAddress())
  let dialogs = 0
  window.page.on('dialog', (dialog) => {
    dialogs += 1
    void dialog.dismiss()
  })
  const { door, row, said } = framed(window.page)
  await row('onerror').click()
  for (const words of hostile) await mine.run('send', { to: them.id, message: words, wait: 'kept', seconds: 0 })
  for (const words of hostile) await said(words).first().waitFor()
  const leads = await window.page.locator('palabre-chat a').evaluateAll((all) => all.map((one) => one.getAttribute('href')))
  assert.equal(leads, [])
  assert.is(await window.page.locator('palabre-chat :is(img, script, iframe)').count(), 0)
  await door('contacts').click()
  await window.page.locator('palabre-contacts .person', { hasText: 'onerror' }).click()
  await window.page.getByRole('heading', { name: hostile[0]! }).waitFor()
  assert.equal([dialogs, window.violations, window.errors, window.foreign], [0, [], [], []])
})

test('from 320 pixels to 200 % zoom nothing is cut off or scrolls sideways, in either language', async (browser) => {
  await using awa = await openPerson()
  await using bintou = await openPerson()
  await using mine = await awa.ask()
  await using theirs = await bintou.ask()
  await mine.run('id.name', { name: 'Awa' })
  await theirs.run('id.name', { name: 'Anne-Bérengère de la Villeneuve-sous-les-Grands-Ormes' })
  const { link } = (await theirs.run('invite.create')).data as { link: string }
  const them = (await mine.run('invite.accept', { invite: link })).data as Contact
  const long = {
    to: them.id,
    message: `long${'word'.repeat(60)} and https://example.org/${'x'.repeat(200)}`,
    wait: 'kept',
    seconds: 0,
  }
  for (const [width, locale] of [
    [320, 'en'],
    [320, 'fr'],
    [640, 'fr'],
    [2560, 'en'],
  ] as const) {
    await using window = await browser.openPage(await awa.newAddress(), { locale, viewport: { width, height: 700 } })
    const { door, row, said } = framed(window.page)
    await row('Anne').waitFor()
    if (width === 320 && locale === 'en') await mine.run('send', long)
    assert.equal(await sideways(window.page), [], `list, ${width}, ${locale}`)
    await row('Anne').click()
    await said('long').waitFor()
    assert.equal(await sideways(window.page), [], `conversation, ${width}, ${locale}`)
    await window.picture(`face-chat-${width}-${locale}`)
    for (const view of ['contacts', 'network', 'plugins', 'settings']) {
      await door(view).click()
      await window.page.locator('palabre-shell .panel:not([hidden])').getByRole('heading', { level: 1 }).waitFor()
      assert.equal(await sideways(window.page), [], `${view}, ${width}, ${locale}`)
    }
  }
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

/** Whatever reaches beyond the right edge. */
async function sideways(page: { evaluate(code: string): Promise<unknown> }): Promise<unknown> {
  return page.evaluate(`(() => {
    const all = (root) => [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])])
    const wide = document.documentElement.clientWidth
    const out = all(document.body).filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > wide + 0.5 && !one.closest('pre'))
    const { scrollWidth, scrollHeight, clientHeight } = document.documentElement
    const scrolls = [...(scrollWidth > wide ? ['the page scrolls sideways'] : []), ...(scrollHeight > clientHeight ? ['the frame scrolls away'] : [])]
    return [...scrolls, ...out.map((one) => one.tagName + '.' + one.className + ': ' + one.textContent.trim().slice(0, 40))]
  })()`)
}
