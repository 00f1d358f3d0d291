import * as assert from 'uvu/assert'
import { findingsOf } from '../browser/axe.ts'
import { browserSuite } from '../browser/browser-suite.ts'
import type { WatchedPage } from '../browser/watched-page.ts'
import { framed, openPerson } from '../browser/two-faces.ts'
import { startWebHost } from '../browser/web-host.ts'

const { test, run } = await browserSuite('invites that come')

/** What stands after the `#` of an invite of somebody by this name. */
async function inviteOf(name: string): Promise<string> {
  await using person = await openPerson()
  await using face = await person.ask()
  await face.run('id.name', { name })
  return ((await face.run('invite.create')).data as { link: string }).link.split('#')[1]!
}

const clean = (...windows: readonly WatchedPage[]) =>
  windows.forEach(({ violations, errors }) => assert.equal([violations, errors], [[], []]))

test('a newcomer with an invite in the address types a name and accepts in one click; later ones come in a box', async (browser) => {
  await using host = await startWebHost({ faces: true })
  const [first, second, third] = [await inviteOf('Awa <b>'), await inviteOf('Chika'), await inviteOf('Didier')]
  await using window = await browser.openPage(`${host.address}#${first}`)
  const { page } = window
  const { composer, row } = framed(page)
  await page.getByText('Awa <b> invites you to talk').waitFor()
  assert.is(await page.getByLabel('An invite you were given').count(), 0)
  for (const width of [320, 1100]) {
    await page.setViewportSize({ width, height: 800 })
    assert.equal(await findingsOf(page), [], `${width} px`)
    assert.ok(await page.evaluate(`document.documentElement.scrollWidth <= ${width}`))
    await window.picture(`face-arrival-first-${width}`)
  }
  await page.getByLabel('Your name').fill('Bintou')
  await page.getByRole('button', { name: 'Begin, and talk to Awa <b>' }).click()
  await composer.waitFor()
  await row('Awa <b>').waitFor()

  await page.reload()
  await row('Awa <b>').waitFor()
  await page.evaluate(`void (location.hash = '${second}')`)
  const box = page.getByRole('dialog', { name: 'An invite for you' })
  await box.getByRole('heading', { name: 'Chika invites you to talk' }).waitFor()
  for (const theme of ['dark', 'light'] as const) {
    assert.equal(await findingsOf(page), [], `box, ${theme}`)
    await window.picture(`face-arrival-box-${theme}`)
    await page.evaluate(`void (document.documentElement.dataset.theme = 'light')`)
  }
  await page.keyboard.press('Enter')
  await composer.waitFor()
  await row('Chika').waitFor()
  await box.waitFor({ state: 'detached' })

  await page.evaluate(`void (location.hash = '${third}')`)
  await box.getByRole('heading', { name: 'Didier invites you to talk' }).waitFor()
  await page.keyboard.press('Escape')
  await box.waitFor({ state: 'detached' })
  await page.reload()
  await row('Chika').waitFor()
  assert.is(await row('Didier').count(), 0)
  assert.is(await box.count(), 0)
  clean(window)
})

test('an invite that leads nowhere says why, in its own words, and nothing else is in the way', async (browser) => {
  await using host = await startWebHost({ faces: true })
  const invite = await inviteOf('Awa')
  const at = invite.length - 20
  const broken = `${invite.slice(0, at)}${invite[at] === 'A' ? 'B' : 'A'}${invite.slice(at + 1)}`
  {
    await using window = await browser.openPage(`${host.address}#${broken}`)
    await window.page.getByText('this is no invite, or part of it is missing').waitFor()
    await window.picture('face-arrival-broken')
    assert.equal(await findingsOf(window.page), [])
    await window.page.getByLabel('Your name').fill('Bintou')
    await window.page.getByRole('button', { name: 'Begin', exact: true }).click()
    await window.page.getByRole('img', { name: 'The invite link as a QR code' }).waitFor()

    const { link } = framed(window.page)
    const own = (await link()).split('#')[1]!
    await window.page.evaluate(`void (location.hash = '${own}')`)
    const box = window.page.getByRole('dialog')
    await box.getByText('this invite is your own').waitFor()
    await window.page.keyboard.press('Enter')
    await box.waitFor({ state: 'detached' })
    await window.page.getByRole('button', { name: 'Français' }).click()
    await window.page.evaluate(`void (location.hash = '${own}')`)
    await box.getByText('cette invitation est la vôtre').waitFor()
    clean(window)
  }
  const inTwoMonths = `Date.now = ((now) => () => now() + 60 * 24 * 60 * 60 * 1000)(Date.now)`
  await using late = await browser.openPage(`${host.address}#${invite}`, { before: inTwoMonths })
  await late.page.getByText('this invite ended on').waitFor()
  await late.page.getByText('Ask for a new one.').waitFor()
  clean(late)
})

run()
