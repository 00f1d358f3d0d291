// slow
import * as assert from 'uvu/assert'
import { openBrowser } from '../browser/browser.ts'
import { whyNoChromium } from '../browser/chromium-on-disk.ts'
import { pluginsPage } from '../browser/plugins-page.ts'
import { probe, probePlugin } from '../browser/probe-plugin.ts'
import { startWebHost } from '../browser/web-host.ts'
import { test } from 'uvu'
import { newPerson } from './cli-process.ts'
import { isInside, proveInside } from './in-namespace.ts'
import { openMeadow, plugIn } from './meadow.ts'
import { account, carriedFrom, openTurn } from './turn-server.ts'
import { otherRoads } from './two-talkers.ts'

const middle = '10.78.0.1'
const servers = [`turn:${middle}:3478?transport=tcp`, `turns:${middle}:5349?transport=tcp`]

const on = (config: object = {}) => ({ enabled: true, config })
const road = { ...otherRoads, 'transport-tcp': false }

/** Hears of the one machine in the middle by TCP, and by UDP what its TURN server carries: no page on that machine gets through. */
const wall = `nft add table inet wall
nft add chain inet wall in '{ type filter hook input priority 0; policy drop; }'
nft add rule inet wall in iif lo accept
nft add rule inet wall in ip saddr ${middle} meta l4proto tcp accept
nft add rule inet wall in ip saddr ${middle} udp sport ${carriedFrom.lowest}-${carriedFrom.highest} accept`

/** A relay that Ada reaches over the meadow and the page on this machine. */
async function startRelay() {
  const listen = { 'transport-tcp': `/ip4/${middle}/tcp/0`, 'transport-websocket': '/ip4/127.0.0.1/tcp/0/ws' }
  const transports = Object.entries(listen).map(([id, at]) => [id, on({ listen: [at] })])
  const keeper = newPerson({ plugins: { ...road, ...Object.fromEntries(transports), 'relay-circuit': true } })
  const said = await keeper.start(['net', 'watch', '--json']).says('\n')
  const { addresses } = JSON.parse(said.split('\n')[0]!) as { addresses: readonly string[] }
  return {
    ada: addresses.find((one) => one.includes(middle))!,
    page: addresses.find((one) => one.includes('/ws/'))!,
    [Symbol.asyncDispose]: () => keeper[Symbol.asyncDispose](),
  }
}

const carried = /"kind":"relayed","transport":"webrtc"/

if (isInside) {
  test('a page is linked through a TURN server over TCP and over TLS, by nothing else, and not where none is named', async () => {
    openMeadow()
    await using _turn = await openTurn(middle)
    await using relay = await startRelay()
    await using ada = plugIn(
      'ada',
      '10.78.0.2',
      { ...road, 'transport-tcp': on({ listen: [] }), 'transport-relay': on({ relays: [relay.ada] }), 'transport-webrtc': on() },
      wall,
    )
    const adaSees = ada.run('net', 'watch', '--json')
    const [, id] = /\/p2p-circuit\/webrtc\/p2p\/(\w+)/.exec(await adaSees.says('/p2p-circuit/webrtc/'))!
    const atAda = `${relay.page}/p2p-circuit/webrtc/p2p/${id}`

    const found = await openBrowser([
      '--ignore-certificate-errors',
      `--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.*, EXCLUDE ${middle}`,
    ])
    if ('missing' in found) throw new Error(found.missing)
    await using browser = found
    const guest = Object.fromEntries(['transport-relay', 'transport-webrtc'].map((name) => [name, on()]))
    await using host = await startWebHost({
      settings: { plugins: { ...road, ...guest, 'transport-websocket': on({ listen: [] }) } },
      plugins: [probePlugin],
    })
    await using window = await browser.openPage(host.address)
    await pluginsPage(window.page).says('network-libp2p', 'running')
    const ask = probe(window.page)
    const pathBy = async (turn: readonly object[]) => {
      await window.page.evaluate(`probe.plugins.configure('transport-webrtc', ${JSON.stringify({ turn })}).then(() => undefined)`)
      const { data } = await ask.run('net.connect', { peer: [atAda] })
      await ask.run('net.ping', { peer: [id], count: 1 })
      await ask.run('net.disconnect', { peer: id })
      return JSON.stringify(data)
    }
    for (const url of servers) assert.match(await pathBy([{ url, ...account }]), carried, url)
    await adaSees.says((said) => said.match(new RegExp(carried, 'g'))?.length === servers.length)
    const without = await pathBy([]).catch((error: Error) => error.message)
    assert.not.match(without, carried)
    assert.equal(window.errors, [])
  })
  test.run()
} else proveInside(import.meta.filename, { missing: whyNoChromium() })
