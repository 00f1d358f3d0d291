import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'
import * as assert from 'uvu/assert'
import { findingsOf } from '../browser/axe.ts'
import { browserSuite } from '../browser/browser-suite.ts'
import { framed, openAcquainted } from '../browser/two-faces.ts'

const { test, run } = await browserSuite('the network page')

/** Three STUN servers that hear and say nothing, which keeps who asks them for nine seconds; then they answer. */
async function openServers() {
  const sockets = [1, 2, 3].map(() => createSocket('udp4').bind(0, '127.0.0.1'))
  await Promise.all(sockets.map((socket) => once(socket, 'listening')))
  const asked = Promise.race(sockets.map((socket) => once(socket, 'message')))
  const answer = (socket: Socket) => socket.on('message', (asks, from) => socket.send(bindingSuccess(asks, from), from.port))
  return {
    urls: sockets.map((socket) => `stun:127.0.0.1:${socket.address().port}`),
    asked,
    speakUp: () => sockets.forEach(answer),
    [Symbol.dispose]: () => sockets.forEach((socket) => socket.close()),
  }
}

/** RFC 8489 §14.2: where somebody on this machine asks from, hidden by the magic cookie. */
function bindingSuccess(asks: Buffer, { port }: RemoteInfo): Buffer {
  const hiddenPort = port ^ 0x2112
  const mapped = [0, 0x20, 0, 8, 0, 1, hiddenPort >> 8, hiddenPort & 255, 127 ^ 0x21, 0x12, 0xa4, 1 ^ 0x42]
  return Buffer.from([1, 1, 0, mapped.length, ...asks.subarray(4, 20), ...mapped])
}

test('links measured, a peer found, a new name; what works from here, told while it is found out', async (browser) => {
  using servers = await openServers()
  await using people = await openAcquainted({ plugins: { 'transport-webrtc': { config: { stun: servers.urls } } } })
  await people.say('hello')
  await using window = await browser.openPage(people.awa.address)
  const { page } = window
  const { door, row } = framed(page)
  const panel = page.locator('palabre-network')
  const card = (title: string) => panel.locator('.card', { has: page.getByRole('heading', { name: title, exact: true }) })
  const info = async () => (await people.here.run('net.info')).data as { self: string; links: readonly { peer: string }[] }
  await row('Bintou').waitFor()
  await page.locator('palabre-network-status', { hasText: '1 link' }).waitFor()
  await door('network').click()

  const [link] = (await info()).links
  const line = card('Links').locator('li', { has: page.getByTitle(link!.peer) })
  await line.getByText('local network').waitFor()
  assert.match(await line.innerText(), /tcp · noise[^]*sent [\d.]+ k?B, received [\d.]+ k?B[^]*127\.0\.0\.1/)
  await line.getByRole('button', { name: 'Measure' }).click()
  await line.getByRole('button', { name: /^[\d.,]+ ms$/ }).waitFor()
  const somebody = '12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA'
  await people.here.run('net.add-peer', { address: [`/ip4/127.0.0.1/tcp/9/p2p/${somebody}`] })
  await card('Found around').getByTitle(somebody).waitFor()

  const checks = card('What works from here')
  const [check, stop] = ['Check now', 'Stop'].map((name) => checks.getByRole('button', { name }))
  await check!.click()
  await servers.asked
  await checks.locator('li.good', { hasText: 'tcp: on; others can reach us at 1 address' }).waitFor()
  assert.is(await checks.locator('li', { hasText: 'STUN' }).count(), 0)
  await checks.getByText('Checking…').waitFor()
  await stop!.click()
  await check!.waitFor()
  assert.is(await checks.getByRole('alert').count(), 0)
  servers.speakUp()
  await check!.click()
  for (const url of servers.urls) await checks.locator('li.good', { hasText: `${url} sees us as 127.0.0.1:` }).waitFor()
  await check!.waitFor()
  assert.equal(await findingsOf(page), [])
  await page.getByRole('button', { name: 'Français' }).click()
  await panel.locator('li.good', { hasText: `${servers.urls[0]} nous voit comme 127.0.0.1:` }).waitFor()
  await page.getByRole('button', { name: 'English' }).click()
  await window.picture('face-network-checked')

  const { self } = await info()
  await card('Your node').getByRole('button', { name: 'Take a new node name' }).click()
  await card('Your node').getByText(self).waitFor({ state: 'detached' })
  assert.is.not((await info()).self, self)

  await people.here.run('plugins.disable', { plugin: 'network-diagnostics' })
  await door('chat').click()
  await door('network').click()
  await checks.waitFor({ state: 'detached' })
  assert.equal([window.violations, window.errors, window.foreign], [[], [], []])
})

run()
