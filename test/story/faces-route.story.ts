import type { Contact } from '@palabre/sdk/contract/contacts'
import * as assert from 'uvu/assert'
import { findingsOf } from '../browser/axe.ts'
import { browserSuite } from '../browser/browser-suite.ts'
import { framed, openPerson } from '../browser/two-faces.ts'
import { newPerson } from './cli-process.ts'

const { test, run } = await browserSuite('the road to somebody')

/** A relay on this machine, as somebody runs it. */
async function openRelay() {
  const listen = ['/ip4/127.0.0.1/tcp/0']
  const person = newPerson({
    plugins: { 'transport-tcp': { config: { listen } }, 'transport-websocket': false, 'relay-circuit': true },
  })
  const running = person.start(['run', '--json'])
  await running.says('"running":[')
  const { addresses } = JSON.parse((await person.palabre('net', 'info', '--json')).out) as { addresses: readonly string[] }
  return {
    addresses,
    async kill() {
      running.signal('SIGKILL')
      await running.ended
    },
    [Symbol.asyncDispose]: () => person[Symbol.asyncDispose](),
  }
}

const atRelay = (relays: readonly string[]) => ({
  plugins: {
    'transport-relay': { config: { relays, discover: false } },
    'transport-webrtc': false,
    'upgrade-webrtc': false,
  },
})

test('the card shows the road as it is, and what is asked there changes it while both talk', async (browser) => {
  await using relay = await openRelay()
  await using awa = await openPerson(atRelay(relay.addresses))
  await using bintou = await openPerson(atRelay(relay.addresses))
  await using mine = await awa.ask()
  await using theirs = await bintou.ask()
  await mine.run('id.name', { name: 'Awa' })
  await theirs.run('id.name', { name: 'Bintou' })
  const { link } = (await theirs.run('invite.create')).data as { link: string }
  const them = (await mine.run('invite.accept', { invite: link })).data as Contact
  const says = (message: string, wait: string) => mine.run('send', { to: them.id, message, wait, seconds: 30 })
  await says('before', 'delivered')

  await using window = await browser.openPage(await awa.newAddress())
  const { row, said, composer } = framed(window.page)
  const indicator = window.page.locator('palabre-path .indicator')
  const card = window.page.locator('palabre-path dialog')
  const isOn = (words: string) => indicator.getByRole('status').filter({ hasText: words }).waitFor()
  const ask = (policy: string) => card.locator(`[data-policy="${policy}"]`).click()

  await row('Bintou').click()
  await isOn('Direct · local network')
  await indicator.click()
  await card.getByRole('img', { name: /round trip/ }).waitFor()
  assert.equal(await findingsOf(window.page), [], 'direct')
  assert.match(await card.locator('.way').innerText(), /You[^]*Bintou[^]*127\.0\.0\.1/)
  assert.match(await card.locator('.facts').innerText(), /tcp[^]*noise[^]*Sent\s+[\d.]+ k?B/)
  assert.match(await card.locator('.sights').innerText(), /Devices on your network/)
  await window.picture('face-route-direct')

  await ask('relayed-only')
  await isOn('Relayed/Secure')
  await card.locator('.way .hop', { hasText: '127.0.0.1' }).waitFor()
  assert.match(await card.locator('.sights').innerText(), /The relay/)
  assert.equal(await findingsOf(window.page), [], 'relayed')
  await window.picture('face-route-relayed')
  await says('by the relay', 'delivered')
  const { road } = (await theirs.run('road', { peer: 'Awa' })).data as { road: { path: { kind: string } } }
  assert.is(road.path.kind, 'relayed', 'they see it too')

  await ask('direct-only')
  await isOn('Direct · local network')
  await says('without anybody in between', 'delivered')

  await relay.kill()
  await ask('relayed-only')
  await card.getByText('only roads through a relay are allowed').waitFor()
  await card.getByRole('button', { name: 'Close' }).click()
  await window.page.locator('palabre-path .indicator:focus').waitFor()
  await composer.fill('when we may')
  await composer.press('Enter')
  await said('when we may').locator('.why-not', { hasText: 'only roads through a relay' }).waitFor()
  await indicator.click()
  await ask('direct-allowed')
  await isOn('Direct · local network')
  await said('when we may').locator('.state.delivered').waitFor()
  assert.equal([window.violations, window.errors, window.foreign], [[], [], []])
})

run()
