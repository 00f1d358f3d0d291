import type { Page } from 'playwright-core'
import * as assert from 'uvu/assert'
import { findingsOf } from '../browser/axe.ts'
import { browserSuite } from '../browser/browser-suite.ts'
import { pluginsPage } from '../browser/plugins-page.ts'
import { startWebHost, type OtherPlugin } from '../browser/web-host.ts'

const { test, run } = await browserSuite('the looks of the page')

const examples = { plugins: { 'example-greeter': true, 'example-doorbell': true } }
const broken: OtherPlugin = { id: 'fire', code: `throw new Error('no wood in ${'w'.repeat(120)}')` }

for (const colorScheme of ['dark', 'light'] as const) {
  test(`axe finds nothing, ${colorScheme}: at rest, while asking, in trouble, on the way back, and when it cannot start`, async (browser) => {
    await using host = await startWebHost({ settings: examples, plugins: [broken] })
    await using window = await browser.openPage(host.address, { colorScheme, reducedMotion: 'reduce' })
    const { page } = window
    const { says, toggle, question, wayBack } = pluginsPage(page)
    await says('fire', 'failed')
    await says('example-doorbell', 'running')
    assert.equal(await findingsOf(page), [])
    await window.picture(`looks-${colorScheme}`)

    await toggle('clock-system').click()
    await question.waitFor()
    assert.equal(await findingsOf(page), [])
    await question.getByRole('button', { name: /^Switch all \d+ off$/ }).click()
    await says('example-doorbell', 'blocked')
    assert.equal(await findingsOf(page), [])
    await window.picture(`looks-trouble-${colorScheme}`)

    await page.getByRole('searchbox').fill('nothing of the kind')
    await page.getByText('No plugin matches this.').waitFor()
    assert.equal(await findingsOf(page), [])
    await page.getByRole('button', { name: 'Show all plugins' }).click()

    await toggle('plugin-manager').click()
    await question.getByRole('button', { name: 'Switch it off' }).click()
    await wayBack.waitFor()
    await page.locator('palabre-view-plugins .notice').waitFor()
    assert.equal(await findingsOf(page), [])
    await wayBack.locator('[data-plugin="plugin-manager"]').click()
    await wayBack.waitFor({ state: 'detached' })

    await page.evaluate(`localStorage.setItem('palabre/plugins', '{"plugins":3}')`)
    await page.reload()
    await page.locator('.cannot-start').waitFor()
    assert.equal(await findingsOf(page), [])
  })
}

test('axe finds what is wrong when something is', async (browser) => {
  await using host = await startWebHost()
  await using window = await browser.openPage(host.address)
  await pluginsPage(window.page).says('clock-system', 'running')
  await window.page.evaluate(`document.querySelector('palabre-view-plugins').shadowRoot.append(document.createElement('button'))`)
  assert.match((await findingsOf(window.page)).join(), 'button-name')
})

test('dark unless the person likes it light, and a plain contrast between the two', async (browser) => {
  await using host = await startWebHost()
  const lightness = async (colorScheme: 'dark' | 'light') => {
    await using window = await browser.openPage(host.address, { colorScheme })
    return Number(
      await window.page.evaluate(`/oklch\\(([\\d.]+)/.exec(getComputedStyle(document.documentElement).backgroundColor)?.[1]`),
    )
  }
  assert.ok((await lightness('dark')) < 0.3)
  assert.ok((await lightness('light')) > 0.9)
})

test('from 320 pixels to a wide screen nothing is cut off or scrolls sideways, in either language', async (browser) => {
  await using host = await startWebHost({ settings: examples, plugins: [broken] })
  for (const locale of ['en', 'fr']) {
    for (const width of [320, 480, 768, 1280, 2560]) {
      await using window = await browser.openPage(host.address, { locale, viewport: { width, height: 900 } })
      const { toggle, question, row } = pluginsPage(window.page)
      await row('fire').locator('.why').waitFor()
      await toggle('clock-system').click()
      await question.waitFor()
      assert.equal(await stickingOut(window.page), [], `${width} pixels, ${locale}`)
      await window.picture(`width-${width}-${locale}`)
    }
  }
})

test('everything that is pressed is large enough for a finger', async (browser) => {
  await using host = await startWebHost({ settings: examples })
  await using window = await browser.openPage(host.address, { viewport: { width: 360, height: 800 } })
  await pluginsPage(window.page).toggle('clock-system').click()
  await pluginsPage(window.page).question.waitFor()
  for (const one of await window.page.getByRole('button').or(window.page.getByRole('switch')).all()) {
    const box = (await one.boundingBox())!
    assert.ok(box.height >= 36 && box.width >= 44, `${await one.textContent()}: ${box.width} × ${box.height}`)
  }
})

test('whoever asks for less motion sees none', async (browser) => {
  const code = `import { definePlugin } from '@palabre/sdk'
export const plugin = definePlugin({ start: () => new Promise(() => {}) })`
  await using host = await startWebHost({ plugins: [{ id: 'slow', code }] })
  const moving = async (reducedMotion: 'reduce' | 'no-preference') => {
    await using window = await browser.openPage(host.address, { reducedMotion })
    await pluginsPage(window.page).says('slow', 'starting')
    return Number(await window.page.evaluate(`document.querySelector('palabre-view-plugins').shadowRoot.getAnimations().length`))
  }
  assert.ok((await moving('no-preference')) > 0)
  assert.is(await moving('reduce'), 0)
})

test('the state of a plugin is a shape and a word besides a colour', async (browser) => {
  await using host = await startWebHost({ settings: examples, plugins: [broken] })
  await using window = await browser.openPage(host.address)
  const { row, says, toggle } = pluginsPage(window.page)
  await toggle('log-console').click()
  await says('log-console', 'off')
  const shapeOf = (id: string) =>
    row(id)
      .locator('.sign')
      .evaluate((one) => one.innerHTML)
  const shapes = await Promise.all(['log-console', 'clock-system', 'fire'].map(shapeOf))
  assert.is(new Set(shapes).size, 3)
})

run()

/** Whatever reaches beyond the right edge, and any text that is cut. */
async function stickingOut(page: Page): Promise<unknown> {
  return page.evaluate(`(() => {
    const all = (root) => [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])])
    const wide = document.documentElement.clientWidth
    const out = all(document.body).filter((one) => {
      const box = one.getBoundingClientRect()
      const isCut = one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'visible'
      return one.checkVisibility() && (box.right > wide + 0.5 || box.left < -0.5 || isCut) && !one.closest('.unseen')
    })
    const scrolls = document.documentElement.scrollWidth > wide ? ['the page scrolls sideways'] : []
    return [...scrolls, ...out.map((one) => one.tagName + '.' + one.className + ': ' + one.textContent.trim().slice(0, 40))]
  })()`)
}
