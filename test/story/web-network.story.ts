import * as assert from 'uvu/assert'
import { browserSuite } from '../browser/browser-suite.ts'
import { whyNoChromium } from '../browser/chromium-on-disk.ts'
import { pluginsPage } from '../browser/plugins-page.ts'
import { probe, probePlugin } from '../browser/probe-plugin.ts'
import type { TestBrowser } from '../browser/browser.ts'
import { startWebHost } from '../browser/web-host.ts'
import { newPerson } from './cli-process.ts'
import { isInside, proveInside } from './in-namespace.ts'

const hosts = ['cli', 'desktop', 'web']
const on = (config: object = {}) => ({ enabled: true, hosts, config })
const road = {
  'network-libp2p': on(),
  'network-commands': on(),
  'overlay-memory-vault': false,
  'overlay-memory-none': on(),
  'channel-noise': on(),
  'transport-tcp': false,
}
const guest = {
  ...road,
  'transport-websocket': on({ listen: [] }),
  'transport-relay': on(),
  'transport-webrtc': on({ stun: ['stun:10.77.0.1:3478'] }),
  'upgrade-webrtc': on(),
}

interface Info {
  readonly self: string
  readonly addresses: readonly string[]
  readonly links: readonly {
    readonly peer: string
    readonly path: { readonly kind: string; readonly transport: string; readonly address: string }
  }[]
}

/** A relay for browsers that answers STUN too, as a process of its own. */
async function startRelay() {
  const listen = ['/ip4/127.0.0.1/tcp/0/ws']
  const person = newPerson({
    plugins: { ...road, 'transport-websocket': on({ listen }), 'relay-circuit': true, 'stun-server': true },
  })
  // All of it: what only answers strangers is needed by no command.
  const running = person.start(['run', '--json'])
  await running.says('"running":[')
  const [address = ''] = (JSON.parse((await person.palabre('net', 'info', '--json')).out) as Info).addresses
  return {
    address,
    async kill() {
      running.signal('SIGKILL')
      await running.ended
    },
    [Symbol.asyncDispose]: () => person[Symbol.asyncDispose](),
  }
}

const atRelay = (relay: string) => ({ ...guest, 'transport-relay': on({ relays: [relay] }) })

/** A page in a real browser that runs the network. */
async function openPage(browser: TestBrowser, plugins: object) {
  const host = await startWebHost({ settings: { plugins }, plugins: [probePlugin] })
  const window = await browser.openPage(host.address)
  await pluginsPage(window.page).says('network-libp2p', 'running')
  const ask = probe(window.page)
  // The network runs before the roads that are handed to it.
  await ask.until(`filter(({ id }) => /^(transport|upgrade|channel)-/.test(id)).every(({ state }) => state === 'running')`)
  /** Until the text of `net info` has this in it. */
  const until = async (what: RegExp) => (await ask.answers('net.info', {}, what)) as Info
  return {
    ask,
    window,
    until,
    async [Symbol.asyncDispose]() {
      assert.equal(window.errors, [])
      assert.equal(window.violations, [])
      await window[Symbol.asyncDispose]()
      await host[Symbol.asyncDispose]()
    },
  }
}

const relayedAddress = (said: string) => /"(\/[^"]+\/p2p-circuit\/p2p\/[^"]+)"/.exec(said)![1]!
const direct = /"transport":"webrtc"/

if (isInside) {
  const { test, run } = await browserSuite('the network in the page')

  test('a browser and a Node program meet at our relay, go direct, and talk on when it is gone', async (browser) => {
    await using relay = await startRelay()
    await using anna = newPerson({
      plugins: { ...atRelay(relay.address), 'transport-websocket': on({ listen: [] }) },
    })
    const watching = anna.start(['net', 'watch', '--json'])
    const address = relayedAddress(await watching.says('p2p-circuit'))
    await using page = await openPage(browser, guest)
    const linked = (await page.ask.run('net.connect', { peer: [address] })).data as Info['links'][number]
    // There is no other way to it at first; a quick upgrade may be through before the answer is read.
    assert.ok(['relayed', 'direct'].includes(linked.path.kind), linked.path.kind)
    const [link] = (await page.until(direct)).links
    assert.match(link!.path.address, /^\/ip4\/10\.77\.0\.1\/udp\/\d+\/webrtc\//)
    await watching.says(direct)
    await relay.kill()
    await page.ask.run('net.ping', { peer: [linked.peer], count: 1 })
    const seen = new Set(page.window.foreign.map((url) => new URL(url).host))
    // Our relay, and at most the small one beside the page.
    assert.ok(seen.has(relay.address.split('/').slice(2, 5).join(':').replace(':tcp', '')))
    assert.ok([...seen].every((one) => one.startsWith('127.0.0.1:')) && seen.size <= 2, [...seen].join(' '))
  })

  test('two browsers meet at our relay, go direct, and talk on when it is gone', async (browser) => {
    await using relay = await startRelay()
    await using anna = await openPage(browser, atRelay(relay.address))
    const { addresses, self } = await anna.until(/p2p-circuit/)
    await using boris = await openPage(browser, guest)
    await boris.ask.run('net.connect', { peer: [relayedAddress(JSON.stringify(addresses))] })
    await Promise.all([anna.until(direct), boris.until(direct)])
    await relay.kill()
    await boris.ask.run('net.ping', { peer: [self], count: 1 })
    assert.is((await boris.until(direct)).links[0]!.path.transport, 'webrtc')
  })

  run()
} else proveInside(import.meta.filename, { missing: whyNoChromium() })
