import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import * as assert from 'uvu/assert'
import { encode } from 'uqr'
import { findingsOf } from '../browser/axe.ts'
import { browserSuite } from '../browser/browser-suite.ts'
import { openBrowser, type TestBrowser } from '../browser/browser.ts'
import { framed, openPerson, type Person } from '../browser/two-faces.ts'

const { test, run } = await browserSuite('ways of an invite')

async function openNamed(browser: TestBrowser, person: Person, name: string) {
  await using face = await person.ask()
  await face.run('id.name', { name })
  return await browser.openPage(await person.newAddress())
}

test('an invite is saved as a file, and opened by choosing it, by its picture, or by dropping it', async (browser) => {
  await using awa = await openPerson()
  await using bintou = await openPerson()
  await using one = await openNamed(browser, awa, 'Awa')
  await using other = await openNamed(browser, bintou, 'Bintou')

  await framed(one.page).door('contacts').click()
  await one.page.getByRole('button', { name: 'Invite somebody' }).click()
  const code = one.page.getByRole('img', { name: 'The invite link as a QR code' })
  await code.waitFor()
  const link = await framed(one.page).link()
  const [download] = await Promise.all([
    one.page.waitForEvent('download'),
    one.page.getByRole('button', { name: 'Save as a file' }).click(),
  ])
  assert.is(download.suggestedFilename(), 'invite.palabre')
  const file = await download.path()
  assert.is(readFileSync(file, 'utf8'), `${link}\n`)

  const { door, composer } = framed(other.page)
  const reads = other.page.getByText('From Awa, until')
  const goTo = async () => {
    await door('contacts').click()
    await other.page.getByRole('button', { name: 'Accept an invite' }).click()
    await other.page.getByText('Open a file or a picture').waitFor()
  }
  await door('contacts').click()
  await other.page.getByRole('button', { name: 'Accept an invite' }).click()
  for (const theme of ['dark', 'light'] as const) {
    if (theme === 'light') await other.page.getByRole('button', { name: 'Light theme' }).click()
    assert.equal(await findingsOf(other.page), [], theme)
    await other.picture(`face-accept-${theme}`)
  }
  const field = other.page.locator('palabre-contacts input[type="file"]')
  await field.setInputFiles({ name: 'invite.palabre', mimeType: '', buffer: readFileSync(file) })
  await reads.waitFor()

  await goTo()
  assert.is(await reads.count(), 0)
  await field.setInputFiles({ name: 'code.png', mimeType: 'image/png', buffer: await code.screenshot() })
  await reads.waitFor()

  await goTo()
  const blank = await one.page.locator('.brand').screenshot()
  await field.setInputFiles({ name: '<img src=x onerror=alert(1)>.png', mimeType: 'image/png', buffer: blank })
  await other.page.getByRole('alert').filter({ hasText: 'no code was found in this picture' }).waitFor()

  await door('settings').click()
  await other.page.evaluate(`(() => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([${JSON.stringify(`${link}\n`)}], 'invite.palabre'))
    for (const kind of ['dragover', 'drop']) {
      document.body.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true, composed: true }))
    }
  })()`)
  await reads.waitFor()
  await other.page.getByRole('button', { name: 'Accept', exact: true }).click()
  await composer.waitFor()
  for (const { violations, errors } of [one, other]) assert.equal([violations, errors], [[], []])
})

test('while both are there a short link is enough, for whoever would rather send that', async (browser) => {
  await using awa = await openPerson()
  await using bintou = await openPerson()
  await using face = await awa.ask()
  await face.run('id.name', { name: 'Awa' })
  await using one = await browser.openPage(await awa.newAddress(), { permissions: ['clipboard-read', 'clipboard-write'] })
  await using other = await openNamed(browser, bintou, 'Bintou')
  const goTo = async (page: Page, name: string) => {
    await framed(page).door('contacts').click()
    await page.getByRole('button', { name }).click()
  }
  await goTo(one.page, 'Invite somebody')
  await one.page.getByRole('button', { name: 'Copy it as a short link' }).click()
  await one.page.getByText('Copied.').waitFor()
  const short = (await one.page.evaluate('navigator.clipboard.readText()')) as string
  assert.match(short, /^palabre:i#/)
  assert.ok(short.length < 250, `${short.length} characters`)
  await goTo(other.page, 'Accept an invite')
  await other.page.getByLabel('Their invite link').fill(short)
  await other.page.getByRole('button', { name: 'Accept', exact: true }).click()
  await framed(other.page).composer.waitFor()
  await framed(other.page).row('Awa').waitFor()

  await face.run('plugins.disable', { plugin: 'invite-short' })
  await one.page.getByRole('button', { name: 'Make another' }).click()
  await one.page.getByText('Or let them scan it', { exact: true }).waitFor()
  assert.is(await one.page.getByRole('button', { name: 'Copy it as a short link' }).count(), 0)
})

test('the camera finds the code that is held in front of it, and is off afterwards', async () => {
  await using awa = await openPerson()
  await using face = await awa.ask()
  await face.run('id.name', { name: 'Awa' })
  const { link } = (await face.run('invite.create')).data as { link: string }
  const folder = mkdtempSync(join(tmpdir(), 'palabre-camera-'))
  await using stack = new AsyncDisposableStack()
  stack.defer(() => rmSync(folder, { recursive: true }))
  const film = join(folder, 'film.y4m')
  writeFileSync(film, filmOf(link))
  const opened = await openBrowser([
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ])
  if ('missing' in opened) throw new Error(opened.missing)
  const browser = stack.use(opened)
  await using bintou = await openPerson()
  await using window = await openNamed(browser, bintou, 'Bintou')
  const { page } = window
  await page.evaluate(`(() => {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
    globalThis.tracks = []
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      const stream = await ask(wanted)
      tracks.push(...stream.getTracks())
      return stream
    }
  })()`)
  await framed(page).door('contacts').click()
  await page.getByRole('button', { name: 'Accept an invite' }).click()
  await page.getByRole('button', { name: 'Scan with the camera' }).click()
  await page.getByText('From Awa, until').waitFor()
  assert.is(await page.locator('palabre-scanner').count(), 0)
  assert.equal(await page.evaluate('tracks.map(({ readyState }) => readyState)'), ['ended'])
  assert.equal([window.violations, window.errors], [[], []])
})

test('without a camera it says so, and what to do', async (browser) => {
  await using bintou = await openPerson()
  await using window = await openNamed(browser, bintou, 'Bintou')
  const { page } = window
  await framed(page).door('contacts').click()
  await page.getByRole('button', { name: 'Accept an invite' }).click()
  await page.getByRole('button', { name: 'Scan with the camera' }).click()
  await page.getByRole('alert').filter({ hasText: 'There is no camera' }).waitFor()
  await window.picture('face-no-camera')
  assert.equal(await findingsOf(page), [])
  await page.getByRole('button', { name: 'Stop the camera' }).click()
  await page.locator('palabre-scanner').waitFor({ state: 'detached' })
})

/** A film of one picture that does not move: the code, dark on light, in the middle. */
function filmOf(content: string): Buffer {
  const { data, size } = encode(content, { ecc: 'L', border: 4 })
  const [width, height, scale] = [1280, 960, Math.floor(960 / size)]
  const [left, top] = [Math.floor((width - size * scale) / 2), Math.floor((height - size * scale) / 2)]
  const light = Buffer.alloc(width * height, 235)
  for (let y = 0; y < size * scale; y++) {
    for (let x = 0; x < size * scale; x++) {
      if (data[Math.floor(y / scale)]![Math.floor(x / scale)]) light[(top + y) * width + left + x] = 16
    }
  }
  const colour = Buffer.alloc((width * height) / 2, 128)
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\nFRAME\n`), light, colour])
}

run()
