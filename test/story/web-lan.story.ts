import * as assert from 'uvu/assert'
import { browserSuite } from '../browser/browser-suite.ts'
import { meet } from '../browser/two-faces.ts'
import { relayOnly, startWebHost } from '../browser/web-host.ts'

const { test, run } = await browserSuite('for other machines in the network')

test('over HTTPS at another address two people talk through the relay behind the same port', async (browser) => {
  await using host = await startWebHost({
    faces: true,
    settings: { plugins: relayOnly },
    args: ['--https', '--host', '127.0.0.2'],
  })
  const { origin } = new URL(host.address)
  assert.match(origin, /^https:\/\/127\.0\.0\.2:\d+$/)
  // As somebody who has read the warning and goes on.
  const goingOn = { ignoreHTTPSErrors: true }
  await using one = await browser.openPage(host.address, goingOn)
  await using other = await browser.openPage(host.address, goingOn)
  assert.ok(await one.page.evaluate('isSecureContext'))
  const told = (await one.page.evaluate(`fetch('./first-contact.json').then((answer) => answer.json())`)) as { relays: string[] }
  assert.match(told.relays[0]!, new RegExp(`^/ip4/127\\.0\\.0\\.2/tcp/${new URL(origin).port}/tls/ws/p2p/`))

  await meet(one.page, other.page, 'Are you there?')
  for (const { violations, errors, foreign } of [one, other]) assert.equal([violations, errors, foreign], [[], [], []])
})

test('a browser that nobody told to go on is refused by its own warning', async (browser) => {
  await using host = await startWebHost({ faces: true, args: ['--https', '--host', '127.0.0.2'] })
  const refused = await browser.openPage(host.address).then(
    () => 'it opened',
    (error: Error) => error.message,
  )
  assert.match(refused, 'ERR_CERT_AUTHORITY_INVALID')
})

run()
