// slow, limit: 400 s
import type { Contact } from '@palabre/sdk/contract/contacts'
import * as assert from 'uvu/assert'
import { findingsOf } from '../browser/axe.ts'
import { browserSuite } from '../browser/browser-suite.ts'
import { framed, openPerson } from '../browser/two-faces.ts'
import { relayBeside, startWebHost } from '../browser/web-host.ts'

const { test, run } = await browserSuite('the looks of the faces')

test('axe finds nothing on any view, in either theme', async (browser) => {
  await using awa = await openPerson()
  await using bintou = await openPerson()
  await using other = await bintou.ask()
  await other.run('id.name', { name: 'Bintou' })
  const { link } = (await other.run('invite.create')).data as { link: string }
  await using window = await browser.openPage(awa.address)
  const { begin, door, composer, said, row } = framed(window.page)
  await window.page.getByLabel('Your name').waitFor()
  assert.equal(await findingsOf(window.page), [], 'first start')
  await begin('Awa', link)
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
    await window.page.locator('palabre-path .indicator').click()
    await window.page.locator('palabre-path .trips').waitFor()
    assert.equal(await sideways(window.page), [], `route card, ${width}, ${locale}`)
    await window.picture(`face-route-${width}-${locale}`)
    await window.page.keyboard.press('Escape')
    if (width < 720) {
      const [back, name] = [
        window.page.getByRole('button', { name: locale === 'fr' ? 'Retour' : 'Back' }),
        window.page.locator('#name'),
      ]
      assert.ok(Math.abs((await back.boundingBox())!.y - (await name.boundingBox())!.y) < 20, 'the way back is in the head')
      await back.click()
      await row('Anne').waitFor()
    }
    for (const view of ['contacts', 'network', 'plugins', 'settings']) {
      await door(view).click()
      await window.page.locator('palabre-shell .panel:not([hidden])').getByRole('heading', { level: 1 }).waitFor()
      assert.equal(await sideways(window.page), [], `${view}, ${width}, ${locale}`)
    }
  }
})

test('whoever asks for less motion sees none, in any view', async (browser) => {
  await using awa = await openPerson()
  await using mine = await awa.ask()
  await mine.run('id.name', { name: 'Awa' })
  const moving = async (reducedMotion: 'reduce' | 'no-preference') => {
    await using window = await browser.openPage(await awa.newAddress(), { reducedMotion })
    const { door } = framed(window.page)
    const seen: string[] = []
    for (const view of ['chat', 'contacts', 'network', 'plugins', 'settings']) {
      await door(view).click()
      await window.page.locator(`palabre-shell .panel:not([hidden])`).first().waitFor()
      seen.push(...((await window.page.evaluate(motions)) as string[]))
    }
    return seen
  }
  assert.ok((await moving('no-preference')).length > 0)
  assert.equal(await moving('reduce'), [])
})

test('the focus is somewhere after everything that can take it away', async (browser) => {
  await using awa = await openPerson()
  await using bintou = await openPerson()
  await using mine = await awa.ask()
  await using theirs = await bintou.ask()
  await mine.run('id.name', { name: 'Awa' })
  await theirs.run('id.name', { name: 'Bintou' })
  const { link } = (await theirs.run('invite.create')).data as { link: string }
  const them = (await mine.run('invite.accept', { invite: link })).data as Contact
  await mine.run('send', { to: them.id, message: 'short-lived', wait: 'delivered', seconds: 30 })
  await using window = await browser.openPage(await awa.newAddress())
  const { keyboard } = window.page
  const { row, said, door } = framed(window.page)
  const focusedIn = (where: string) => window.page.locator(where).waitFor()

  await row('Bintou').click()
  await focusedIn('palabre-composer textarea:focus')
  for (const [keys, inside] of [
    ['Control+Shift+P', 'palabre-palette input:focus'],
    ['Control+k', 'palabre-palette input:focus'],
    ['Control+Shift+F', 'palabre-chat .search input:focus'],
  ] as const) {
    await keyboard.press(keys)
    await focusedIn(inside)
    await keyboard.press('Escape')
    await focusedIn('palabre-composer textarea:focus')
  }
  await window.page.locator('palabre-path .indicator').focus()
  await keyboard.press('Enter')
  await focusedIn('palabre-path dialog[open]')
  await keyboard.press('Escape')
  await focusedIn('palabre-path .indicator:focus')

  await said('short-lived').focus()
  await mine.run('messages.forget', { message: (await said('short-lived').getAttribute('data-message'))! })
  await said('short-lived').waitFor({ state: 'detached' })
  await focusedIn('palabre-composer textarea:focus')

  for (const view of ['network', 'contacts', 'plugins', 'settings']) {
    await door(view).click()
    await window.page.locator('palabre-shell .panel:not([hidden])').waitFor()
    assert.is.not(await window.page.evaluate(`document.activeElement.tagName`), 'BODY', view)
  }
})

test('names of plugins and invites of others are text too, and the policy reports what is planted', async (browser) => {
  const code = `import { definePlugin, text } from '@palabre/sdk'
import { Action } from '@palabre/sdk/contract/action'
import { View } from '@palabre/sdk/contract/view'
const said = ${JSON.stringify(hostile[0])}
export const plugin = definePlugin({
  provides: { action: Action, view: View },
  start: () => (customElements.define('palabre-planted', class extends HTMLElement {}), {
    action: { id: 'planted', title: text(said, said), run() { throw new Error(said) } },
    view: { id: 'planted', title: text(said, said), place: 'panel', tag: 'palabre-planted', properties: {} },
  }),
})`
  const planted = {
    id: 'planted',
    code,
    manifest: { title: { en: hostile[0]!, fr: hostile[0]! }, provides: ['action@1[]', 'view@1[]'] },
  }
  await using host = await startWebHost({ faces: true, plugins: [planted] })
  await using window = await browser.openPage(host.address)
  let dialogs = 0
  window.page.on('dialog', (dialog) => {
    dialogs += 1
    void dialog.dismiss()
  })
  await window.page.getByLabel('Your name').fill(hostile[1]!)
  for (const invite of hostile.slice(0, 3)) {
    await window.page.getByLabel('An invite you were given').fill(invite)
    await window.page.getByRole('button', { name: 'Begin' }).click()
    await window.page.getByRole('alert').waitFor()
  }
  await window.page.getByLabel('An invite you were given').fill('')
  await window.page.getByRole('button', { name: 'Begin' }).click()
  await window.page.getByRole('textbox', { name: 'Invite link' }).waitFor()
  const { door } = framed(window.page)
  await door('planted').filter({ hasText: hostile[0]! }).waitFor()
  await door('plugins').click()
  await window.page.locator('[data-plugin="planted"]').getByText(hostile[0]!).first().waitFor()
  await window.page.keyboard.press('Control+Shift+P')
  await window.page.keyboard.type('onerror')
  await window.page.getByRole('option', { name: hostile[0]! }).last().waitFor()
  await window.page.keyboard.press('Escape')
  const relay = await relayBeside(host.address)
  const strangers = window.foreign.filter((url) => new URL(url).host !== relay)
  assert.equal([dialogs, window.violations, strangers], [0, [], []])

  // What slips through all of this is stopped by the policy, and heard of.
  await window.page.evaluate(
    `setTimeout(() => document.body.append(Object.assign(document.createElement('img'), { src: 'https://example.org/x' })))`,
  )
  for (const until = Date.now() + 10_000; Date.now() < until && window.violations.length === 0;) await window.page.evaluate('0')
  assert.match(window.violations.join(), 'img-src')
})

run()

/** What moves by its style, a line each. */
const motions = `(() => {
  const all = (root) => [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])])
  return all(document.body).filter((one) => one.checkVisibility()).flatMap((one) => {
    const { animationName, transitionDuration } = getComputedStyle(one)
    const isMoved = animationName !== 'none' || transitionDuration.split(',').some((time) => parseFloat(time) > 0)
    return isMoved ? [one.tagName + '.' + one.className + ': ' + animationName + ' ' + transitionDuration] : []
  })
})()`

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
