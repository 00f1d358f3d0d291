// slow
import { spawnSync } from 'node:child_process'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openBrowser } from '../browser/browser.ts'
import { whyNoChromium } from '../browser/chromium-on-disk.ts'
import { pluginsPage } from '../browser/plugins-page.ts'
import { probe, probePlugin } from '../browser/probe-plugin.ts'
import { startWebHost } from '../browser/web-host.ts'
import { newPerson } from './cli-process.ts'
import { isInside, proveInside } from './in-namespace.ts'
import { account, openTurn } from './turn-server.ts'
import { otherRoads } from './two-talkers.ts'

const here = '10.77.0.1'
const servers = [`turn:${here}:3478?transport=tcp`, `turns:${here}:5349?transport=tcp`]

const on = (config: object = {}) => ({ enabled: true, config })
const road = { ...otherRoads, 'transport-tcp': false }

/** No datagram passes between two ports that the system gave away; those of the TURN server are others. */
const wall = `nft add table inet wall
nft add chain inet wall in '{ type filter hook input priority 0; }'
nft add rule inet wall in udp sport 32768-65535 udp dport 32768-65535 drop`

const atRelay = /\/p2p-circuit\/webrtc\//

interface Info {
  readonly addresses: readonly string[]
  readonly links: readonly { readonly path: { readonly kind: string; readonly transport: string } }[]
}

async function startRelay() {
  const listen = ['/ip4/127.0.0.1/tcp/0/ws']
  const keeper = newPerson({ plugins: { ...road, 'transport-websocket': on({ listen }), 'relay-circuit': true } })
  const said = await keeper.start(['net', 'watch', '--json']).says('\n')
  const [address] = (JSON.parse(said.split('\n')[0]!) as Info).addresses
  return { address: address!, [Symbol.asyncDispose]: () => keeper[Symbol.asyncDispose]() }
}

async function openBoldBrowser() {
  // The certificate is nobody's that a browser knows.
  const browser = await openBrowser([
    '--ignore-certificate-errors',
    `--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.*, EXCLUDE ${here}`,
  ])
  if ('missing' in browser) throw new Error(browser.missing)
  return browser
}

if (isInside) {
  test('two pages are linked by a TURN server over TCP or TLS alone, and not where none is named', async () => {
    assert.is(spawnSync('sh', ['-ec', wall]).status, 0)
    await using _turn = await openTurn(here)
    await using relay = await startRelay()
    const guest = { 'transport-websocket': on({ listen: [] }), 'transport-relay': on({ relays: [relay.address] }) }
    await using host = await startWebHost({
      settings: { plugins: { ...road, ...guest, 'transport-webrtc': on() } },
      plugins: [probePlugin],
      args: ['--no-relay'],
    })
    await using browser = await openBoldBrowser()

    const openPage = async (turn: readonly object[]) => {
      const window = await browser.openPage(host.address)
      await pluginsPage(window.page).says('network-libp2p', 'running')
      await window.page.evaluate(`probe.plugins.configure('transport-webrtc', ${JSON.stringify({ turn })}).then(() => undefined)`)
      const ask = probe(window.page)
      return {
        ask,
        /** Where others meet it, once they can. */
        async address() {
          const { addresses } = (await ask.answers('net.info', {}, atRelay)) as Info
          return addresses.find((one) => atRelay.test(one))!
        },
        [Symbol.asyncDispose]: () => window[Symbol.asyncDispose](),
      }
    }
    /** The paths at both ends, or why there are none. */
    const pathsBy = async (turn: readonly object[]): Promise<string> => {
      await using anna = await openPage(turn)
      await using boris = await openPage(turn)
      await boris.ask.run('net.connect', { peer: [await anna.address()] })
      const infos = await Promise.all([anna, boris].map(async ({ ask }) => (await ask.run('net.info')).data as Info))
      return infos.flatMap(({ links }) => links.map(({ path }) => `${path.kind} ${path.transport}`)).join(', ')
    }
    for (const url of servers) assert.is(await pathsBy([{ url, ...account }]), 'relayed webrtc, relayed webrtc', url)
    const without = await pathsBy([]).catch((error: Error) => error.message)
    assert.not.match(without, 'relayed webrtc')
    assert.match(without, /did not answer in time|cannot be reached/)
  })
  test.run()
} else proveInside(import.meta.filename, { missing: whyNoChromium() })
