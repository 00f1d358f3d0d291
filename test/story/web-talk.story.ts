import * as assert from 'uvu/assert'
import { browserSuite } from '../browser/browser-suite.ts'
import { probe, probePlugin } from '../browser/probe-plugin.ts'
import { openTalkingPage } from '../browser/talking-page.ts'
import { relayBeside, relayOnly, startWebHost } from '../browser/web-host.ts'
import { newPerson } from './cli-process.ts'

const { test, run } = await browserSuite('talking in the page')

test('two browsers meet at the relay beside the page and talk both ways, with nobody else asked', async (browser) => {
  await using host = await openHost()
  const begin = performance.now()
  await using anna = await openTalkingPage(browser, host.address)
  await using boris = await openTalkingPage(browser, host.address)
  const link = await anna.invite()
  await boris.ask.run('id.name', { name: 'Boris' })
  await boris.ask.run('invite.accept', { invite: link, name: 'Anna' })
  await boris.ask.run('send', { to: 'Anna', message: 'Ohé, Anna', wait: 'delivered', seconds: 20 })
  await anna.until('history', { peer: 'Boris' }, /Ohé, Anna/)
  await anna.ask.run('send', { to: 'Boris', message: 'Ohé toi-même', wait: 'delivered', seconds: 20 })
  await boris.until('history', { peer: 'Anna' }, /Ohé toi-même/)
  console.log(`MEASURED: ${Math.round(performance.now() - begin)} ms from the first opening to both having talked`)

  const { links } = (await boris.ask.run('net.info')).data as { links: { path: { kind: string } }[] }
  assert.ok(links.some(({ path }) => path.kind === 'relayed'))
  const relay = await relayBeside(host.address)
  for (const { window } of [anna, boris]) assert.equal([...new Set(window.foreign.map((url) => new URL(url).host))], [relay])
})

test('history, drafts and what waits are there after a reload and after the tab was closed', async (browser) => {
  await using host = await openHost()
  await using boris = await openTalkingPage(browser, host.address)
  await using anna = await openTalkingPage(browser, host.address)
  const self = ((await anna.ask.run('id.show')).data as { id: string }).id
  await boris.ask.run('id.name', { name: 'Boris' })
  await boris.ask.run('invite.accept', { invite: await anna.invite(), name: 'Anna' })
  await boris.ask.run('send', { to: 'Anna', message: 'first', wait: 'delivered', seconds: 20 })
  await boris.window.page.close()
  await anna.until('history', { peer: 'Boris' }, /first/)
  await anna.ask.run('messages.draft', { peer: 'Boris', text: 'half a thought' })
  const kept = (await anna.ask.run('send', { to: 'Boris', message: 'kept for later', wait: 'kept', seconds: 1 })).data as {
    id: string
  }

  const all = async ({ ask }: Pick<typeof anna, 'ask'>) => {
    assert.is(((await ask.run('id.show')).data as { id: string }).id, self)
    assert.match(JSON.stringify((await ask.run('history', { peer: 'Boris' })).data), /first.*kept for later/)
    assert.equal((await ask.run('messages.draft', { peer: 'Boris' })).data, { draft: 'half a thought' })
    const waiting = (await ask.run('outbox')).data as { message?: string }[]
    assert.ok(waiting.some(({ message }) => message === kept.id))
  }
  await anna.reload()
  await all(anna)
  const later = await anna.reopen()
  await all(later)
  const back = await boris.reopen()
  await back.until('history', { peer: 'Anna' }, /kept for later/)
  await later.until('outbox', {}, /^\[\]$/)
})

test('a browser and a command line talk both ways', async (browser) => {
  await using host = await openHost()
  await using anna = await openTalkingPage(browser, host.address)
  await using cli = newPerson({
    plugins: {
      ...relayOnly,
      'transport-tcp': false,
      'transport-websocket': { config: { listen: [] } },
    },
  })
  const link = await anna.invite()
  assert.is((await cli.palabre('id', 'name', 'Boris')).code, 0)
  const accepted = await cli.palabre('invite', 'accept', link, '--name', 'Anna')
  assert.is(accepted.code, 0, accepted.err)
  const listening = cli.start(['listen', '--json'])
  const sent = await cli.palabre('send', '--to', 'Anna', '--message', 'from a terminal', '--wait', 'delivered', '--seconds', '20')
  assert.is(sent.code, 0, sent.err)
  await anna.until('history', { peer: 'Boris' }, /from a terminal/)
  await anna.ask.run('send', { to: 'Boris', message: 'from a page', wait: 'delivered', seconds: 20 })
  await listening.says('from a page')
})

test('the browser is asked to keep what is ours once the person has written, and not before', async (browser) => {
  await using host = await openHost()
  await using anna = await openTalkingPage(browser, host.address)
  await using boris = await openTalkingPage(browser, host.address)
  for (const { window } of [anna, boris])
    await window.page.evaluate(`(() => {
      globalThis.asked = 0
      navigator.storage.persist = async () => (globalThis.asked++, false)
    })()`)
  const asked = ({ window }: typeof anna) => window.page.evaluate('globalThis.asked')
  await boris.ask.run('id.name', { name: 'Boris' })
  await boris.ask.run('invite.accept', { invite: await anna.invite(), name: 'Anna' })
  await anna.until('contacts.list', {}, /Boris/)
  assert.equal([await asked(anna), await asked(boris)], [0, 0])
  for (const message of ['one', 'two']) await boris.ask.run('send', { to: 'Anna', message, wait: 'delivered', seconds: 20 })
  await anna.until('history', { peer: 'Boris' }, /two/)
  assert.equal([await asked(anna), await asked(boris)], [0, 1])
  const { text } = await boris.ask.run('storage.show')
  assert.match(text!.en, 'live in this browser, on this device, and nowhere else')
})

test('an invite in the address leaves it at once, waits through a reload, and is settled by whoever accepts it', async (browser) => {
  await using host = await openHost()
  await using anna = await openTalkingPage(browser, host.address)
  const invite = (await anna.invite()).split('#')[1]!
  await using boris = await openTalkingPage(browser, `${host.address}#${invite}`)
  assert.is(boris.window.page.url(), host.address)
  assert.equal((await boris.ask.run('arrival.show')).data, { invite })
  await boris.reload()
  assert.equal((await boris.ask.run('arrival.show')).data, { invite })
  await boris.ask.run('invite.accept', { invite, name: 'Anna' })
  assert.equal((await boris.ask.run('arrival.settle', { invite })).data, {})
  await boris.reload()
  assert.equal((await boris.ask.run('arrival.show')).data, {})

  // A link clicked while the page is open, and an address that only names a view.
  await boris.window.page.evaluate(`void (location.hash = '${invite}')`)
  await boris.until('arrival.show', {}, /invite/)
  assert.is(boris.window.page.url(), host.address)
  await boris.window.page.evaluate(`void (location.hash = 'plugins')`)
  assert.is(boris.window.page.url(), `${host.address}#plugins`)
  await boris.ask.run('send', { to: 'Anna', message: 'here I am', wait: 'delivered', seconds: 20 })
})

test('the first screen does not wait for the network', async (browser) => {
  await using host = await openHost()
  await using window = await browser.openPage(`${host.address}first-contact.json`)
  const { page } = window
  const released = Promise.withResolvers<void>()
  await page.context().route('**/plugin/network-libp2p.*', async (route) => {
    await released.promise
    await route.continue()
  })
  await page.goto(host.address)
  await page.locator('#frame > *, main > *').first().waitFor()
  const shown = Math.round((await page.evaluate('performance.now()')) as number)
  console.log(`MEASURED: ${shown} ms to the first screen, while the network was held back`)
  const ask = probe(page)
  assert.is.not(await ask.stateOf('network-libp2p'), 'running')
  released.resolve()
  await ask.until(`some((one) => one.id === 'network-libp2p' && one.state === 'running')`)
  assert.equal(window.violations, [])
  assert.equal(window.errors, [])
})

run()

const openHost = () => startWebHost({ settings: { plugins: relayOnly }, plugins: [probePlugin] })
