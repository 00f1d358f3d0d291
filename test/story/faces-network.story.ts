import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import * as assert from 'uvu/assert'
import { findingsOf } from '../browser/axe.ts'
import { browserSuite } from '../browser/browser-suite.ts'
import { framed, openAcquainted } from '../browser/two-faces.ts'

const { test, run } = await browserSuite('the network page')

/** A server that hears and never answers. */
async function openMuteServer() {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const asked = once(socket, 'message')
  const { port } = socket.address() as AddressInfo
  return { url: `stun:127.0.0.1:${port}`, asked, [Symbol.dispose]: () => socket.close() }
}

test('links measured, a peer found, a new name; what works from here, told while it is found out', async (browser) => {
  using mute = await openMuteServer()
  await using people = await openAcquainted({ plugins: { 'transport-webrtc': { config: { stun: [mute.url] } } } })
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
  await mute.asked
  await checks.locator('li.good', { hasText: 'tcp: on; others can reach us at 1 address' }).waitFor()
  await checks.getByText('Checking…').waitFor()
  assert.is(await checks.locator('li', { hasText: 'STUN' }).count(), 0)
  assert.equal(await findingsOf(page), [], 'while checking')
  await stop!.click()
  await check!.waitFor()
  assert.is(await checks.getByRole('alert').count(), 0)
  await check!.click()
  await checks.locator('li.bad', { hasText: `${mute.url} does not answer` }).waitFor()
  await check!.waitFor()
  await page.getByRole('button', { name: 'Français' }).click()
  await panel.locator('li.bad', { hasText: `${mute.url} ne répond pas` }).waitFor()
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
