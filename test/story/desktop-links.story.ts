import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import * as assert from 'uvu/assert'
import { findingsOf } from '../browser/axe.ts'
import { browserSuite } from '../browser/browser-suite.ts'
import { framed, onLoopback, openPerson } from '../browser/two-faces.ts'
import { openProfile } from './desktop-process.ts'

const { test, run } = await browserSuite('links on this machine')

async function linkOf(name: string): Promise<string> {
  await using person = await openPerson()
  await using face = await person.ask()
  await face.run('id.name', { name })
  return ((await face.run('invite.create')).data as { link: string }).link
}

test('a start with a link names who invites; a second start hands its link to the one that runs', async (browser) => {
  const [first, second] = [await linkOf('Awa'), await linkOf('Chika')]
  await using profile = await openProfile(onLoopback)
  const desktop = await profile.start(['--json', first])
  await using window = await browser.openPage((await desktop.told()).address)
  const { page } = window
  const { composer, row } = framed(page)
  await page.getByText('Awa invites you to talk').waitFor()
  await page.getByLabel('Your name').fill('Bintou')
  await page.getByRole('button', { name: 'Begin, and talk to Awa' }).click()
  await composer.fill('half a thought')

  const again = await profile.start(['--json', second.replace('palabre:invite', 'palabre://invite')])
  assert.is(await again.exit, 0)
  const box = page.getByRole('dialog')
  await box.getByRole('heading', { name: 'Chika invites you to talk' }).waitFor()
  await box.getByRole('button', { name: 'Accept and talk' }).click()
  await row('Chika').waitFor()
  await row('Awa').click()
  while ((await composer.inputValue()) !== 'half a thought') await page.waitForTimeout(50)

  const wrong = await profile.start(['--json', 'https://example.org/'])
  assert.is(await wrong.exit, 2)
  assert.equal([window.violations, window.errors], [[], []])
})

test('links come here once the person says so, and no longer when they say no', async (browser) => {
  if (process.platform !== 'linux') return console.log('SKIPPED: links are registered on Linux only')
  const link = await linkOf('Awa')
  await using profile = await openProfile(onLoopback)
  const env = { XDG_DATA_HOME: join(profile.dir, 'data'), XDG_CONFIG_HOME: join(profile.dir, 'config') }
  const entry = join(env.XDG_DATA_HOME, 'applications', 'palabre.desktop')
  const list = join(env.XDG_CONFIG_HOME, 'mimeapps.list')
  const desktop = await profile.start(['--json'], env)
  await using window = await browser.openPage((await desktop.told()).address)
  const { page } = window
  await framed(page).begin('Bintou')
  await page.getByRole('img', { name: 'The invite link as a QR code' }).waitFor()
  assert.not(existsSync(entry), 'nothing is registered unasked')

  await framed(page).door('settings').click()
  const choice = page.getByRole('switch', { name: 'Open palabre: links here' })
  await choice.press('Space')
  await page.getByText('A click on a palabre: link opens it here.').waitFor()
  await page.locator('palabre-links').scrollIntoViewIfNeeded()
  await window.picture('face-links')
  await page.setViewportSize({ width: 1100, height: 2400 })
  await page.getByRole('heading', { name: 'Settings' }).scrollIntoViewIfNeeded()
  assert.equal(await findingsOf(page), [])
  assert.match(readFileSync(list, 'utf8'), 'x-scheme-handler/palabre=palabre.desktop')

  // What the desktop of the system does on a click, quotes and all.
  const exec = readFileSync(entry, 'utf8').match(/^Exec=(.*)$/m)![1]!
  await promisify(execFile)('sh', ['-c', exec.replace('%u', `'${link}'`)], {
    env: { ...process.env, ...env, DISPLAY: '', WAYLAND_DISPLAY: '' },
  })
  await page.getByRole('heading', { name: 'Awa invites you to talk' }).waitFor()
  await page.keyboard.press('Escape')

  await choice.press('Space')
  await page.getByText('No program opens palabre: links.').waitFor()
  assert.not(existsSync(entry))
  assert.not.match(readFileSync(list, 'utf8'), 'palabre')
  assert.equal([window.violations, window.errors], [[], []])
})

run()
