import * as assert from 'uvu/assert'
import { browserSuite } from '../browser/browser-suite.ts'
import { whyNoChromium } from '../browser/chromium-on-disk.ts'
import { probePlugin } from '../browser/probe-plugin.ts'
import { openTalkingPage } from '../browser/talking-page.ts'
import { framed, meet } from '../browser/two-faces.ts'
import { startWebHost } from '../browser/web-host.ts'
import { newPerson } from './cli-process.ts'
import { isInside, proveInside } from './in-namespace.ts'

const direct = /"state":"up".*"path":\{"kind":"(?:direct|lan)","transport":"webrtc"/

if (isInside) {
  const { test, run } = await browserSuite('talking in the page without the relay')

  test('two browsers go direct by themselves, the path says so, and they talk on when the relay is gone', async (browser) => {
    await using host = await startWebHost({ plugins: [probePlugin] })
    await using anna = await openTalkingPage(browser, host.address)
    await using boris = await openTalkingPage(browser, host.address)
    await boris.ask.run('id.name', { name: 'Boris' })
    await boris.ask.run('invite.accept', { invite: await anna.invite(), name: 'Anna' })
    await boris.ask.run('send', { to: 'Anna', message: 'by the relay', wait: 'delivered', seconds: 20 })
    await Promise.all([anna.until('conversations', {}, direct), boris.until('conversations', {}, direct)])
    await host[Symbol.asyncDispose]()
    await anna.ask.run('send', { to: 'Boris', message: 'without it', wait: 'delivered', seconds: 20 })
    await boris.ask.run('send', { to: 'Anna', message: 'indeed', wait: 'delivered', seconds: 20 })
    assert.match(JSON.stringify((await anna.ask.run('history', { peer: 'Boris' })).data), /by the relay.*without it.*indeed/)
  })

  test('the indicator is at “relayed” while nothing leads further, goes to “direct”, and stays when the relay is gone', async (browser) => {
    await using host = await startWebHost({ faces: true, plugins: [probePlugin] })
    await using one = await browser.openPage(host.address)
    await using other = await browser.openPage(host.address)
    const pages = [one.page, other.page]
    const turn = (how: 'enable' | 'disable') =>
      Promise.all(pages.map((page) => page.evaluate(`probe.plugins.${how}('transport-webrtc').then(() => undefined)`)))
    const bothSay = (words: string) =>
      Promise.all(pages.map((page) => page.locator('palabre-path').getByRole('status').filter({ hasText: words }).waitFor()))
    for (const page of pages) await page.getByLabel('Your name').waitFor()
    await turn('disable')
    await meet(one.page, other.page, 'by the relay')
    await bothSay('Relayed/Secure')
    await turn('enable')
    await bothSay('Direct')
    await host[Symbol.asyncDispose]()
    const [here, there] = [framed(one.page), framed(other.page)]
    await here.composer.fill('without it')
    await here.composer.press('Enter')
    await there.said('without it').waitFor()
    await here.said('without it').locator('.state.read').waitFor()
    await bothSay('Direct')
    for (const { violations, errors } of [one, other]) assert.equal([violations, errors], [[], []])
  })

  test('a browser and a command line go direct, and talk on when the relay is gone', async (browser) => {
    await using host = await startWebHost({ plugins: [probePlugin] })
    await using anna = await openTalkingPage(browser, host.address)
    await using cli = newPerson({})
    await cli.palabre('id', 'name', 'Boris')
    await cli.palabre('invite', 'accept', await anna.invite(), '--name', 'Anna')
    const listening = cli.start(['listen', '--json'])
    await anna.until('conversations', {}, direct)
    await host[Symbol.asyncDispose]()
    await anna.ask.run('send', { to: 'Boris', message: 'without the relay', wait: 'delivered', seconds: 20 })
    await listening.says('without the relay')
  })

  run()
} else proveInside(import.meta.filename, { missing: whyNoChromium() })
