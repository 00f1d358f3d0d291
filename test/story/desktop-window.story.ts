import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openFace } from './bare-face.ts'
import { onLinux } from './on-linux.ts'
import { openProfile, type TestProfile } from './desktop-process.ts'
import { processesNaming } from './processes.ts'
import { windowedBrowser, type WindowedBrowser } from './windowed-browser.ts'

/** Without the frame the page shows its plugins at once; what is looked at here is the window around it. */
const plain = {
  plugins: {
    'view-shell': false,
    'transport-tcp': { config: { listen: ['/ip4/127.0.0.1/tcp/0'] } },
    'transport-websocket': { config: { listen: ['/ip4/127.0.0.1/tcp/0/ws'] } },
  },
}

const trial = await openProfile(plain)
const trialBrowser = windowedBrowser(trial.dir)
const missing = 'missing' in trialBrowser ? trialBrowser.missing : undefined
await trial[Symbol.asyncDispose]()

function story(name: string, tell: (profile: TestProfile, browser: WindowedBrowser) => Promise<void>): void {
  if (missing !== undefined) {
    console.log(`SKIPPED: ${name}: ${missing}`)
    return test.skip(name)
  }
  test(name, async () => {
    await using profile = await openProfile(plain)
    await tell(profile, windowedBrowser(profile.dir) as WindowedBrowser)
  })
}

const shows = (page: Page, id: string) => page.locator(`[data-plugin="${id}"]`).waitFor()

story('the window opens at the page, and no command line tells its token', async (profile, browser) => {
  const desktop = await profile.start(['--browser', browser.file])
  assert.match(desktop.out.join('\n'), 'Palabre is open in its window.')
  await using window = await browser.window()
  await shows(window.page, 'port-loopback')
  assert.match(window.commandLines, 'http://127.0.0.1:')
  assert.not.match(window.commandLines, 'token')
  assert.is(await desktop.stop(), 0)
})

story('the window closed by the person ends Palabre well', async (profile, browser) => {
  const desktop = await profile.start(['--browser', browser.file])
  await using window = await browser.window()
  await shows(window.page, 'port-loopback')
  await window.page.close()
  assert.is(await desktop.exit, 0)
  assert.equal(processesNaming(join(profile.dir, 'window')), [])
})

story('the next start opens the window as large as it was left', async (profile, browser) => {
  const sizes = [
    { width: 901, height: 703 },
    { width: 1023, height: 655 },
  ]
  for (const [turn, size] of sizes.entries()) {
    const desktop = await profile.start(['--browser', browser.file])
    await using window = await browser.window()
    await shows(window.page, 'port-loopback')
    const devtools = await window.page.context().newCDPSession(window.page)
    const { windowId, bounds } = await devtools.send('Browser.getWindowForTarget')
    const { width, height } = turn === 0 ? { width: 1180, height: 820 } : sizes[turn - 1]!
    assert.equal([bounds.width, bounds.height], [width, height])
    const kept = fileSays(join(profile.dir, 'window-size.json'), String(size.width))
    await devtools.send('Browser.setWindowBounds', { windowId, bounds: size })
    await kept
    assert.is(await desktop.stop(), 0)
  }
})

story('Palabre that ends takes its window along', async (profile, browser) => {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const desktop = await profile.start(['--browser', browser.file])
    await using window = await browser.window()
    await shows(window.page, 'port-loopback')
    const gone = new Promise<void>((resolve) => window.browser.once('disconnected', () => resolve()))
    assert.is(await desktop.stop(signal), signal === 'SIGTERM' ? 0 : null)
    await gone
  }
})

story('a browser that is killed leaves the kernel alone, and the next start opens a new window', async (profile, browser) => {
  const desktop = await profile.start(['--browser', browser.file])
  const before = await browser.window()
  await shows(before.page, 'port-loopback')
  process.kill(before.pid, 'SIGKILL')
  await desktop.errorLine(/The window ended unexpectedly/)
  assert.is(desktop.child.exitCode, null)

  const second = await profile.start()
  assert.is(await second.exit, 0)
  await using window = await browser.window()
  assert.is.not(window.pid, before.pid)
  await shows(window.page, 'port-loopback')
  assert.is(await desktop.stop(), 0)
})

story('another start brings the window to the front and leaves the page as it is', async (profile, browser) => {
  const desktop = await profile.start(['--browser', browser.file])
  await using window = await browser.window()
  await shows(window.page, 'port-loopback')
  await window.page.getByRole('searchbox').fill('half a thought')
  const second = await profile.start()
  assert.is(await second.exit, 0)
  assert.match(second.out.join('\n'), 'Palabre runs already; its window is in front.')
  assert.is(await window.page.getByRole('searchbox').inputValue(), 'half a thought')
  assert.not.match(window.page.url(), 'token')
  assert.is(await desktop.stop(), 0)
})

story('a program gets an address beside the window', async (profile, browser) => {
  const desktop = await profile.start(['--json', '--browser', browser.file])
  const { address, window } = await desktop.told()
  assert.is(window, 'app-window')
  await using face = await openFace(address)
  assert.ok((await face.run('plugins.list')).data)
})

story('a page that crashes in the window is brought back by another start', async (profile, browser) => {
  const desktop = await profile.start(['--browser', browser.file])
  {
    await using window = await browser.window()
    await shows(window.page, 'port-loopback')
    const crashed = window.page.waitForEvent('crash')
    await window.page.goto('chrome://crash').catch(() => undefined)
    await crashed
  }
  assert.is(desktop.child.exitCode, null)
  const second = await profile.start()
  assert.is(await second.exit, 0)
  await using window = await browser.window()
  await shows(window.page, 'port-loopback')
})

story('the door switched off and on leads the window to the new one', async (profile, browser) => {
  const desktop = await profile.start(['--browser', browser.file])
  await using window = await browser.window()
  await shows(window.page, 'port-loopback')
  const { origin } = new URL(window.page.url())
  await profile.write({ plugins: { 'port-loopback': false } })
  await window.page.getByRole('alert').waitFor()
  await profile.write({ plugins: { 'port-loopback': true } })
  await window.page.waitForURL((url) => url.origin !== origin)
  await shows(window.page, 'port-loopback')
  assert.is(await desktop.stop(), 0)
})

story('a browser on the path is found where there is a screen', async (profile, browser) => {
  renameSync(browser.file, join(profile.dir, 'chromium'))
  const desktop = await profile.start([], { PATH: profile.dir, DISPLAY: ':99' })
  assert.match(desktop.out.join('\n'), 'Palabre is open in its window.')
  await using window = await browser.window()
  await shows(window.page, 'port-loopback')
  assert.is(await desktop.stop(), 0)
})

test('a browser that does not start leaves the address', async () => {
  await using profile = await openProfile(plain)
  const desktop = await profile.start(['--json', '--browser', process.execPath])
  const { window, address } = await desktop.told()
  assert.is(window, 'none')
  await using _face = await openFace(address)
})

onLinux('without a browser of that family the person’s own is asked, and without that one the address is told', async () => {
  await using profile = await openProfile(plain)
  const opened = join(profile.dir, 'opened')
  const opener = join(profile.dir, 'xdg-open')
  const screen = { PATH: profile.dir, WAYLAND_DISPLAY: 'wayland-0' }
  writeFileSync(opener, `#!/bin/sh\necho "$1" > '${opened}'\n`, { mode: 0o755 })
  const desktop = await profile.start([], screen)
  assert.match(desktop.out.join('\n'), 'Palabre is open in your browser.')
  const first = (await readFile(opened, 'utf8')).trim()
  await using _face = await openFace(first)
  const second = await profile.start()
  assert.is(await second.exit, 0)
  assert.match(second.out.join('\n'), 'Palabre is open in your browser.')
  assert.is.not((await readFile(opened, 'utf8')).trim(), first)
  assert.is(await desktop.stop(), 0)

  writeFileSync(opener, '#!/bin/sh\nexit 3\n', { mode: 0o755 })
  const told = await (await profile.start(['--json'], screen)).told()
  assert.is(told.window, 'none')
})

onLinux('without a screen nothing is opened, whatever is installed', async () => {
  await using profile = await openProfile(plain)
  const opened = join(profile.dir, 'opened')
  for (const name of ['chromium', 'xdg-open']) {
    writeFileSync(join(profile.dir, name), `#!/bin/sh\ntouch '${opened}'\n`, { mode: 0o755 })
  }
  await (await profile.start(['--json'], { PATH: profile.dir })).stop()
  await (await profile.start(['--json', '--no-window'], { PATH: profile.dir, DISPLAY: ':99' })).stop()
  assert.not(existsSync(opened))
})

test.run()

/** Resolves once the file has this in it. */
async function fileSays(file: string, words: string): Promise<void> {
  while (!existsSync(file) || !(await readFile(file, 'utf8')).includes(words))
    await new Promise((resolve) => setTimeout(resolve, 20))
}
