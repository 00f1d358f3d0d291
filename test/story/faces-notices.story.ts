import * as assert from 'uvu/assert'
import { findingsOf } from '../browser/axe.ts'
import { browserSuite } from '../browser/browser-suite.ts'
import { framed, openAcquainted, untilTrue } from '../browser/two-faces.ts'

const { test, run } = await browserSuite('notices')

/**
 * The browser of the tests has no screen: it always has the attention, and no place where notifications and badges could appear. So
 * these stand in here, and are looked at and pressed by the test. Sounds are the browser's own, and counted.
 */
const deskOfTests = `(() => {
  let isAway = false
  Document.prototype.hasFocus = () => !isAway
  globalThis.lookAway = (away) => {
    isAway = away
    dispatchEvent(new Event(away ? 'blur' : 'focus'))
  }
  globalThis.desk = { notices: [], asked: 0, tones: 0, badge: 0 }
  Navigator.prototype.setAppBadge = async (count) => void (desk.badge = count)
  Navigator.prototype.clearAppBadge = async () => void (desk.badge = 0)
  globalThis.Notification = class Notice extends EventTarget {
    static permission = 'default'
    static async requestPermission() {
      desk.asked += 1
      return (Notice.permission = 'granted')
    }
    constructor(title, options) {
      super()
      Object.assign(this, options, { title, isOpen: true })
      desk.notices.push(this)
    }
    close() {
      this.isOpen = false
    }
  }
  const { start } = OscillatorNode.prototype
  OscillatorNode.prototype.start = function (...args) {
    desk.tones += 1
    return start.apply(this, args)
  }
})()`

test('who is elsewhere is offered to be told, is told when they said yes, and never of what they look at', async (browser) => {
  await using people = await openAcquainted()
  await using window = await browser.openPage(people.awa.address, { before: deskOfTests })
  const { page } = window
  const { door, row, composer, said } = framed(page)
  const offer = page.locator('palabre-notices-offer')
  const noticed = async () => JSON.parse((await page.evaluate('JSON.stringify(desk)')) as string) as Desk
  await row('Bintou').waitFor()

  await page.evaluate('lookAway(true)')
  await people.say('first words')
  await offer.waitFor()
  await untilTrue(page, `document.title.startsWith('(1) ')`)
  await untilTrue(page, `document.querySelector('link[rel="icon"]').href.includes('icon-waiting')`)
  assert.equal(await noticed(), { notices: [], asked: 0, tones: 0, badge: 1 })
  await door('contacts').click()
  for (const theme of ['dark', 'light'] as const) {
    if (theme === 'light') await page.getByRole('button', { name: 'Light theme' }).click()
    assert.equal(await findingsOf(page), [], `offer, ${theme}`)
    await window.picture(`face-notices-offer-${theme}`)
  }
  await page.evaluate('lookAway(false)')
  await offer.getByRole('button', { name: 'Yes, tell me' }).click()
  await offer.waitFor({ state: 'detached' })
  assert.is((await noticed()).asked, 1)

  await page.evaluate('lookAway(true)')
  await people.say('a secret plan')
  await untilTrue(page, 'desk.notices.length === 1')
  const [first] = (await noticed()).notices
  assert.equal([first!.title, first!.body, first!.silent], ['Bintou', '2 new messages', true])
  await page.evaluate(`(lookAway(false), desk.notices[0].dispatchEvent(new Event('click')))`)
  await composer.waitFor()
  await said('a secret plan').waitFor()
  await untilTrue(
    page,
    `!document.title.startsWith('(') && !document.querySelector('link[rel="icon"]').href.includes('icon-waiting')`,
  )
  const { notices, badge } = await noticed()
  assert.equal([notices[0]!.isOpen, badge], [false, 0])

  await people.say('in view')
  await said('in view').waitFor()
  await page.getByRole('button', { name: 'Dark theme' }).waitFor()

  await page.keyboard.press('Control+,')
  const section = page.locator('palabre-notices-settings')
  await section.getByRole('switch', { name: 'With what they wrote' }).click()
  await section.getByRole('switch', { name: 'With a quiet sound' }).click()
  await section.scrollIntoViewIfNeeded()
  await window.picture('face-notices-settings')
  await page.evaluate('lookAway(true)')
  const { id } = await people.say('a third time')
  await untilTrue(page, 'desk.notices.length === 2 && desk.tones === 2')
  assert.is((await noticed()).notices[1]!.body, 'a third time')
  await people.there.run('messages.delete', { message: id })
  await untilTrue(page, '!desk.notices[1].isOpen')

  await people.say('counted until they are blocked')
  await untilTrue(page, `document.title.startsWith('(') && desk.notices.length === 3`)
  await people.here.run('contacts.block', { contact: 'Bintou' })
  await untilTrue(page, `!document.title.startsWith('(')`)
  assert.equal([window.violations, window.errors], [[], []])
})

test('what was chosen is kept by the next start at another address; on a small screen everything has room', async (browser) => {
  await using people = await openAcquainted()
  let width = 0
  {
    await using window = await browser.openPage(people.awa.address, { before: deskOfTests, viewport: { width: 320, height: 640 } })
    const { page } = window
    await framed(page).row('Bintou').waitFor()
    await page.getByRole('button', { name: 'Français' }).click()
    await page.evaluate('lookAway(true)')
    await people.say('somebody there?')
    const no = page.getByRole('button', { name: 'Non merci' })
    await no.waitFor()
    await no.waitFor()
    assert.ok(await page.evaluate('document.documentElement.scrollWidth <= 320'))
    await window.picture('face-notices-offer-320')
    await no.focus()
    await page.keyboard.press('Enter')
    await no.waitFor({ state: 'detached' })
    await untilTrue(page, `document.activeElement === document.querySelector('palabre-shell')`)

    await page.setViewportSize({ width: 1280, height: 800 })
    const divider = page.getByRole('separator', { name: 'Largeur de la liste' })
    const list = page.locator('palabre-conversations')
    const widthOf = async () => (await list.boundingBox())!.width
    const usual = await widthOf()
    const { x } = (await divider.boundingBox())!
    await page.mouse.move(x + 4, 300)
    await page.mouse.down()
    await page.mouse.move(x + 84, 300, { steps: 4 })
    await page.mouse.up()
    assert.is(await widthOf(), usual + 80)
    await divider.dblclick()
    assert.is(await widthOf(), usual)
    await divider.focus()
    for (const [key, rem] of [
      ['End', 32],
      ['ArrowRight', 32],
      ['Home', 13],
      ['ArrowLeft', 13],
      ['ArrowRight', 14],
    ] as const) {
      await page.keyboard.press(key)
      assert.is(await widthOf(), rem * 16, key)
      await untilTrue(page, `${ofDivider}.getAttribute('aria-valuenow') === '${rem}'`)
    }
    assert.equal(await findingsOf(page), [], 'the divider')
    await page.reload()
    await list.waitFor()
    await untilTrue(page, `${ofDivider}?.getAttribute('aria-valuenow') === '14'`)
    width = await widthOf()
  }
  await people.awa.end()
  const started = await people.awa.profile.start(['--json'])
  await using again = await browser.openPage((await started.told()).address, { before: deskOfTests })
  await framed(again.page).row('Bintou').waitFor()
  await again.page.evaluate('lookAway(true)')
  await people.say('and now?')
  await untilTrue(again.page, `document.title.startsWith('(2) Discuter')`)
  assert.is(await again.page.locator('palabre-notices-offer').count(), 0)
  assert.is((await again.page.locator('palabre-conversations').boundingBox())!.width, width)
})

const ofDivider = `document.querySelector('palabre-shell')?.shadowRoot.querySelector('palabre-divider')?.shadowRoot.querySelector('[role=separator]')`

interface Desk {
  readonly notices: readonly { title: string; body: string; silent: boolean; isOpen: boolean }[]
  readonly asked: number
  readonly tones: number
  readonly badge: number
}

run()
