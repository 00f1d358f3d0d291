import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { browserSuite } from '../browser/browser-suite.ts'
import { chromiumOnDisk } from '../browser/chromium-on-disk.ts'
import { probePlugin } from '../browser/probe-plugin.ts'
import { openTalkingPage } from '../browser/talking-page.ts'
import { startWebHost } from '../browser/web-host.ts'
import { newPerson } from './cli-process.ts'
import { isInside, runInNamespace, whyNoNamespace } from './in-namespace.ts'

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
} else {
  const outside = suite('talking in the page without the relay')
  const chromium = chromiumOnDisk()
  const missing = 'missing' in chromium ? chromium.missing : whyNoNamespace()
  const name = 'its tests pass in a network of their own'
  if (missing === undefined) {
    outside(name, () => {
      const { code, said } = runInNamespace(import.meta.filename)
      assert.is(code, 0, said)
    })
  } else {
    console.log(`SKIPPED: ${name}: ${missing}`)
    outside.skip(name)
  }
  outside.run()
}
