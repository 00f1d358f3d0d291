// slow
import * as assert from 'uvu/assert'
import { browserSuite } from '../browser/browser-suite.ts'
import { framed, meet, openPerson } from '../browser/two-faces.ts'
import { relayBeside, relayOnly, startWebHost } from '../browser/web-host.ts'

const { test, run } = await browserSuite('a desktop and a browser')

test('somebody at a desktop and somebody in a browser talk, and what was said is there when both come back', async (browser) => {
  await using host = await startWebHost({ faces: true, settings: { plugins: relayOnly } })
  await using desktop = await openPerson({
    plugins: { ...relayOnly, 'transport-websocket': { enabled: true, config: { listen: [] } } },
  })
  await using one = await browser.openPage(host.address)
  await using other = await browser.openPage(desktop.address)
  const here = framed(one.page)
  const there = framed(other.page)

  await meet(one.page, other.page, 'from the desktop')
  await here.composer.fill('from the browser')
  await here.composer.press('Enter')
  await there.said('from the browser').waitFor()

  await Promise.all([one.page.reload(), other.page.reload()])
  for (const { said } of [here, there]) {
    await said('from the desktop').waitFor()
    await said('from the browser').waitFor()
  }
  await there.composer.fill('and again')
  await there.composer.press('Enter')
  await here.said('and again').waitFor()
  const relay = await relayBeside(host.address)
  const strangers = one.foreign.filter((url) => new URL(url).host !== relay)
  assert.equal([strangers, other.foreign], [[], []])
  for (const { violations, errors } of [one, other]) assert.equal([violations, errors], [[], []])
})

run()
