import type { Holdings } from '@palabre/sdk/contract/plugins'
import * as assert from 'uvu/assert'
import { browserSuite } from '../browser/browser-suite.ts'
import { pluginsPage } from '../browser/plugins-page.ts'
import { probe, probePlugin } from '../browser/probe-plugin.ts'
import { startWebHost } from '../browser/web-host.ts'

const { test, run } = await browserSuite('switches in the page')

const withExamples = { plugins: { 'example-greeter': true, 'example-doorbell': true } }

test('every plugin of the page goes off with all it brought, and comes back with all of it', async (browser) => {
  await using host = await startWebHost({ settings: withExamples, plugins: [probePlugin] })
  await using window = await browser.openPage(host.address)
  const { toggle, says, question, row, wayBack } = pluginsPage(window.page)
  const kernel = probe(window.page)
  await row('clock-system').waitFor()
  await kernel.until(`every(({ state }) => state === 'running')`)
  const atFirst = await kernel.list()
  const commandsAtFirst = (await kernel.commands()).toSorted()
  const mainTags = () => window.page.locator('main > *').evaluateAll((all) => all.map(({ tagName }) => tagName))
  const viewsAtFirst = await mainTags()
  assert.is(viewsAtFirst.length, 1)

  const left = atFirst.map(({ id }) => id).filter((id) => id !== 'probe')
  assert.ok(left.length >= 8, left.join())
  for (const id of left) {
    const { commands, holds } = atFirst.find((info) => info.id === id)!
    await toggle(id).click()
    const saysOff = row(id).locator('.state', { hasText: /^off$/i })
    await question.or(wayBack).or(saysOff).first().waitFor()
    if ((await question.count()) > 0) await question.getByRole('button').nth(1).click()
    await kernel.until(`some(({ id, state }) => id === '${id}' && state === 'disabled')`)

    const off = (await kernel.list()).find((info) => info.id === id)!
    assert.ok(
      Object.values(off.holds).every((count) => count === 0),
      `${id} still holds ${JSON.stringify(off.holds)}`,
    )
    for (const { id: command } of commands) assert.not.ok((await kernel.commands()).includes(command), `${command} is still there`)

    if ((await wayBack.count()) > 0) await wayBack.locator(`[data-plugin="${id}"]`).click()
    else await toggle(id).click()
    await says(id, 'running')
    await kernel.until(`every(({ state }) => state === 'running')`)
    assert.equal((await kernel.commands()).toSorted(), commandsAtFirst)
    assert.equal(await mainTags(), viewsAtFirst)
    const again = (await kernel.list()).find((info) => info.id === id)!
    assert.equal(lasting(again.holds), lasting(holds), id)
  }
  assert.equal(window.violations, [])
  assert.equal(window.errors, [])
})

test('before anything stops that others need, it asks; after, each of them says why it rests', async (browser) => {
  await using host = await startWebHost({ settings: withExamples })
  await using window = await browser.openPage(host.address)
  const { toggle, says, question, row } = pluginsPage(window.page)
  await toggle('clock-system').click()
  await question.waitFor()
  assert.match(await question.innerText(), /[Nn]eeds? it and will stop too|need it and will stop too/)
  assert.match(await question.innerText(), 'a plugin that uses others')
  await says('clock-system', 'running')
  await window.picture('asks-first')
  await question.getByRole('button', { name: 'Keep it on' }).click()
  await question.waitFor({ state: 'detached' })
  await says('clock-system', 'running')

  await toggle('clock-system').click()
  await question.getByRole('button', { name: /^Switch all \d+ off$/ }).click()
  await says('clock-system', 'off')
  await says('example-doorbell', 'blocked')
  assert.match(await row('example-doorbell').innerText(), 'example-doorbell needs clock-system')
  assert.match(await row('example-doorbell').innerText(), 'clock-system is switched off')
  await says('example-greeter', 'running')
  await window.picture('blocked')
  await window.page.getByRole('button', { name: 'In trouble' }).click()
  assert.ok(await row('example-doorbell').isVisible())
  assert.is(await row('example-greeter').count(), 0)
  await window.page.getByRole('button', { name: 'All' }).click()

  await row('example-doorbell').getByRole('button', { name: 'Switch on: The machine’s clock' }).click()
  await says('clock-system', 'running')
  await says('example-doorbell', 'running')
})

test('what was switched stays so over a reload, and in another tab at once', async (browser) => {
  await using host = await startWebHost()
  await using window = await browser.openPage(host.address)
  const here = pluginsPage(window.page)
  await here.says('log-console', 'running')
  const other = await window.page.context().newPage()
  await other.goto(host.address)
  const there = pluginsPage(other)
  await there.says('log-console', 'running')

  await here.toggle('log-console').click()
  await here.says('log-console', 'off')
  await there.says('log-console', 'off')
  await window.page.reload()
  await here.says('log-console', 'off')
  await here.says('clock-system', 'running')
  assert.is(await here.toggle('log-console').getAttribute('aria-checked'), 'false')
  await here.toggle('log-console').click()
  await here.says('log-console', 'running')
  await there.says('log-console', 'running')
  await window.page.reload()
  await here.says('log-console', 'running')
})

test('whoever switches off what shows or works the switches finds the way back', async (browser) => {
  await using host = await startWebHost()
  await using window = await browser.openPage(host.address)
  const { toggle, says, question, wayBack } = pluginsPage(window.page)

  await toggle('port-local').click()
  assert.match(await question.innerText(), 'This page comes with it and will close')
  await question.getByRole('button', { name: /^Switch all \d+ off$/ }).click()
  await wayBack.getByRole('heading', { name: 'Nothing is shown here now' }).waitFor()
  assert.match(await wayBack.innerText(), 'Faces and kernel in one page')
  assert.match(await wayBack.innerText(), 'view-plugins needs port-local')
  await window.picture('way-back')

  // It is there after a reload too, in the other language as well.
  await window.page.reload()
  await window.page.getByRole('button', { name: 'Français' }).click()
  await wayBack.getByRole('heading', { name: 'Rien n’est affiché' }).waitFor()
  await wayBack.getByRole('button', { name: 'Activer' }).click()
  await says('port-local', 'en marche')
  await says('view-plugins', 'en marche')
  assert.is(await wayBack.count(), 0)
  assert.is(await window.page.evaluate('document.activeElement.id'), 'main')
  await window.page.getByRole('button', { name: 'English' }).click()

  await toggle('plugin-manager').click()
  assert.match(await question.innerText(), 'what makes these switches work')
  await question.getByRole('button', { name: 'Switch it off' }).click()
  await wayBack.getByRole('heading', { name: 'Plugins cannot be switched now' }).waitFor()
  const notice = window.page.locator('palabre-view-plugins .notice')
  assert.match(await notice.innerText(), 'plugin-manager, which does not run')
  await window.picture('way-back-manager')
  await wayBack.getByRole('button').click()
  await notice.waitFor({ state: 'detached' })
  await says('plugin-manager', 'running')
  assert.equal(window.errors, [])
})

test('everything is done without a pointer', async (browser) => {
  await using host = await startWebHost({ settings: withExamples })
  await using window = await browser.openPage(host.address)
  const { says, toggle, question } = pluginsPage(window.page)
  const { keyboard } = window.page
  const focused = () =>
    window.page.evaluate(`(() => {
      const inside = document.activeElement.shadowRoot?.activeElement ?? document.activeElement
      return inside.getAttribute('aria-label') ?? inside.textContent.trim()
    })()`)
  const tabTo = async (name: string) => {
    for (let step = 0; step < 40; step++) {
      await keyboard.press('Tab')
      if ((await focused()) === name) return
    }
    throw new Error(`the Tab key never comes to "${name}"; it is at "${String(await focused())}"`)
  }
  await says('log-console', 'running')

  await tabTo('Find a plugin')
  await keyboard.type('CONSOLE')
  await toggle('clock-system').waitFor({ state: 'detached' })
  await tabTo('Log on the console')
  await keyboard.press('Space')
  await says('log-console', 'off')
  assert.is(await focused(), 'Log on the console')
  await keyboard.press('Enter')
  await says('log-console', 'running')
  await window.page.getByRole('status').getByText('Log on the console: running').waitFor({ state: 'attached' })

  await keyboard.press('Shift+Tab')
  await keyboard.press('Shift+Tab')
  await keyboard.press('Shift+Tab')
  await keyboard.press('Shift+Tab')
  await keyboard.press('Shift+Tab')
  assert.is(await focused(), 'Find a plugin')
  await keyboard.press('ControlOrMeta+A')
  await keyboard.press('Delete')
  await tabTo('The machine’s clock')
  await keyboard.press('Space')
  await question.waitFor()
  assert.is(await focused(), 'Keep it on')
  await keyboard.press('Escape')
  await question.waitFor({ state: 'detached' })
  assert.is(await focused(), 'The machine’s clock')
  await says('clock-system', 'running')

  await keyboard.press('Space')
  await question.waitFor()
  await keyboard.press('Tab')
  await keyboard.press('Enter')
  await says('clock-system', 'off')
  assert.is(await focused(), 'The machine’s clock')
  await says('example-doorbell', 'blocked')
})

run()

/** Timers come and go while a plugin runs. */
function lasting({ taps, commands, services, contributions }: Holdings) {
  return { taps, commands, services, contributions }
}
