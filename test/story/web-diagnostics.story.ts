import * as assert from 'uvu/assert'
import { browserSuite } from '../browser/browser-suite.ts'
import { whyNoChromium } from '../browser/chromium-on-disk.ts'
import { pluginsPage } from '../browser/plugins-page.ts'
import { framed } from '../browser/two-faces.ts'
import { startWebHost } from '../browser/web-host.ts'
import { isInside, proveInside } from './in-namespace.ts'
import { account, openTurn } from './turn-server.ts'

const here = '10.77.0.1'
const stun = [`stun:${here}:3478`, `stun:${here}:9`]
const turn = [
  { url: `turn:${here}:3478`, ...account },
  { url: `turn:${here}:3478?transport=udp`, ...account, credential: 'another' },
]

if (isInside) {
  const { test, run } = await browserSuite('what works from a page')

  test('a page says of each server of its settings whether it answers, and of what it has', async (browser) => {
    await using _turn = await openTurn(here)
    await using host = await startWebHost({
      faces: true,
      settings: { plugins: { 'transport-webrtc': { config: { stun, turn } } } },
      args: ['--no-relay'],
    })
    await using window = await browser.openPage(host.address)
    const { page } = window
    const { begin, door } = framed(page)
    await begin('Ada')
    await door('network').click()
    const card = page.locator('palabre-network-diagnosis .card')
    const check = card.getByRole('button', { name: 'Check now' })
    const line = (verdict: string, hasText: string) => card.locator(`li.${verdict}`, { hasText })
    await check.click()
    await line('weak', 'webrtc: on, for calls from here only').waitFor()
    await line('good', `${stun[0]} sees us as ${here}:`).waitFor()
    await line('bad', `${stun[1]} does not answer`).waitFor()
    await line('good', 'WebRTC: 1 way to reach us').waitFor()
    await line('good', `${turn[0]!.url} gave us ${here}:`).waitFor()
    await line('bad', `${turn[1]!.url} refuses ${account.username}`).waitFor()
    await check.waitFor()
    await window.picture('web-network-checked')

    await page.getByRole('button', { name: 'Français' }).click()
    await line('bad', 'l’UDP est peut-être bloqué ici').waitFor()
    await page.getByRole('button', { name: 'English' }).click()

    // The mute server keeps who asks it for three seconds.
    await check.click()
    await line('weak', 'webrtc: on').waitFor()
    await card.getByRole('button', { name: 'Stop' }).click()
    await check.waitFor()
    assert.is(await card.getByRole('alert').count(), 0)

    await door('plugins').click()
    const { toggle, says } = pluginsPage(page)
    await toggle('network-diagnostics').click()
    await says('network-diagnostics', 'off')
    await door('network').click()
    await card.waitFor({ state: 'detached' })
    assert.equal([window.violations, window.errors, window.foreign], [[], [], []])
  })

  run()
} else proveInside(import.meta.filename, { missing: whyNoChromium() })
