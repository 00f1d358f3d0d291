import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { browserSuite } from '../browser/browser-suite.ts'
import { whyNoChromium } from '../browser/chromium-on-disk.ts'
import { probe, probePlugin } from '../browser/probe-plugin.ts'
import { framed, meet } from '../browser/two-faces.ts'
import { startWebHost } from '../browser/web-host.ts'
import { newPerson } from './cli-process.ts'
import { isInside, proveInside } from './in-namespace.ts'

const name = 'two pages and a room'

if (isInside) {
  const { test, run } = await browserSuite(name)

  test('two who know no relay meet in a room, go direct and leave it, and talk on when its server is gone', async (browser) => {
    await using rooms = await startRooms()
    await using host = await openHost(rooms.url)
    await using one = await browser.openPage(host.address)
    await using other = await browser.openPage(host.address)
    const [here, there] = [framed(one.page), framed(other.page)]
    await meet(one.page, other.page, 'under the tree')
    for (const { page } of [one, other])
      await page.locator('palabre-path').getByRole('status').filter({ hasText: 'Direct' }).waitFor()
    await one.picture('face-met-in-a-room')
    await rooms.until(({ sockets }) => sockets === 0)
    await rooms.kill()
    await here.composer.fill('nobody between us')
    await here.composer.press('Enter')
    await there.said('nobody between us').waitFor()
    await there.composer.fill('indeed')
    await there.composer.press('Enter')
    await here.said('indeed').waitFor()
    for (const { violations, errors } of [one, other]) assert.equal([violations, errors], [[], []])
  })

  test('nobody is found while the plugin is off: what is said waits, and arrives when it is on again', async (browser) => {
    await using rooms = await startRooms()
    await using host = await openHost(rooms.url)
    await using one = await browser.openPage(host.address)
    await using other = await browser.openPage(host.address)
    const [here, there] = [framed(one.page), framed(other.page)]
    const turn = (how: 'enable' | 'disable') => one.page.evaluate(`probe.plugins.${how}('signal-room').then(() => undefined)`)
    await here.begin('Awa')
    const link = await here.link()
    await rooms.until(({ rooms: open }) => open > 0)
    await turn('disable')
    await rooms.until(({ sockets }) => sockets === 0)
    await there.begin('Bintou', link)
    await there.composer.fill('is anybody here?')
    await there.composer.press('Enter')
    await there.said('is anybody here?').locator('.why-not').waitFor()
    assert.equal((await probe(one.page).run('contacts.list')).data, [])
    await turn('enable')
    await rooms.until(({ rooms: open }) => open > 0)
    await other.page.getByRole('button', { name: 'Try now' }).click()
    await here.door('chat').click()
    await here.row('Bintou').click()
    await here.said('is anybody here?').waitFor()
    for (const { violations, errors } of [one, other]) assert.equal([violations, errors], [[], []])
  })

  run()
} else proveInside(import.meta.filename, { missing: whyNoChromium() })

/** Pages that know a server of rooms, one that tells them their address, and no relay at all. */
const openHost = (url: string) =>
  startWebHost({
    faces: true,
    plugins: [probePlugin],
    settings: {
      plugins: {
        'signal-room': { enabled: true, config: { servers: [url] } },
        'transport-webrtc': { enabled: true, config: { stun: ['stun:10.77.0.1:3478'] } },
      },
    },
    args: ['--no-relay'],
  })

interface Counts {
  readonly sockets: number
  readonly rooms: number
}

/** Both in a process of their own. */
async function startRooms() {
  const operator = newPerson({
    plugins: { 'signal-server': { enabled: true, config: { host: '127.0.0.1' } }, 'stun-server': true },
  })
  const process = operator.start(['run'])
  await process.says('Ctrl-C')
  const port = readFileSync(join(operator.profileDir, 'signal-port'), 'utf8').trim()
  return {
    url: `ws://127.0.0.1:${port}`,
    async until(isSo: (counts: Counts) => boolean) {
      for (const end = Date.now() + 30_000; ;) {
        const { out } = await operator.palabre('signal', 'counts', '--json')
        if (isSo(JSON.parse(out) as Counts)) return
        if (Date.now() > end) throw new Error(`half a minute later the server still counts ${out}`)
      }
    },
    async kill() {
      process.signal('SIGKILL')
      await process.ended
    },
    [Symbol.asyncDispose]: () => operator[Symbol.asyncDispose](),
  }
}
