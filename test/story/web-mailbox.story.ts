import { browserSuite } from '../browser/browser-suite.ts'
import { probePlugin } from '../browser/probe-plugin.ts'
import { openTalkingPage } from '../browser/talking-page.ts'
import { startWebHost } from '../browser/web-host.ts'
import { newPerson } from './cli-process.ts'

const { test, run } = await browserSuite('a mailbox for the page')

test('what is written to somebody whose tab is closed waits at their relay; the author’s may be closed when it comes', async (browser) => {
  await using operator = newPerson({ plugins: {}, profiles: { relay: { plugins: { 'stun-server': false } } } })
  const relay = operator.start(['relay', '--json'])
  const [, link = ''] = /"link":"([^"]+)"/.exec(await relay.says(/"link":"[^"]+"/)) ?? []
  await using host = await startWebHost({
    settings: { plugins: { 'transport-webrtc': false, 'upgrade-webrtc': false } },
    plugins: [probePlugin],
  })
  await using anna = await openTalkingPage(browser, host.address)
  await using boris = await openTalkingPage(browser, host.address)
  for (const { ask } of [anna, boris]) await ask.run('relay.add', { link })
  await boris.ask.run('id.name', { name: 'Boris' })
  await boris.ask.run('invite.accept', { invite: await anna.invite(), name: 'Anna' })
  await boris.ask.run('send', { to: 'Anna', message: 'we meet', wait: 'delivered', seconds: 30 })
  await anna.until('contacts.list', {}, /Boris.*mailbox/)
  await boris.until('contacts.list', {}, /Anna.*mailbox/)
  await boris.window.page.close()

  // A tab that is closed says no goodbye: what was handed to its link is brought to the mailbox once nobody answers there.
  await anna.ask.run('send', { to: 'Boris', message: 'for later', wait: 'sent', seconds: 60 })
  await anna.until('history', { peer: 'Boris' }, /for later[^}]*"state":"stored"|"state":"stored"[^}]*for later/)
  await anna.window.page.close()
  const back = await boris.reopen()
  await back.until('history', { peer: 'Anna' }, /for later/)
  await back.until('mailbox.status', {}, /"owed":0/)
  await back.window.page.close()
  const returned = await anna.reopen()
  await returned.until('history', { peer: 'Boris' }, /for later[^}]*"state":"delivered"|"state":"delivered"[^}]*for later/)
})

run()
