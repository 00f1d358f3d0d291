import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { openBrowserPipe, type BrowserPipe } from './browser-pipe.ts'
import { keepWindowSize, readWindowSize, type Bounds, type WindowSize } from './window-size.ts'
import type { OpenWindow } from './window.ts'

export interface AppWindowParts {
  readonly browser: string
  readonly profileDir: string
  readonly address: string
}

const startMs = 20_000
const goodbyeMs = 3000

/** A window without tabs or address bar, in a browser that keeps its things in the profile folder. */
export async function openAppWindow({ browser, profileDir, address }: AppWindowParts): Promise<OpenWindow | undefined> {
  const data = dataFolder(browser, profileDir)
  const child = spawn(browser, windowArguments(address, data, readWindowSize(profileDir)), {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const exited = new Promise<'closed' | 'lost'>((resolve) => {
    child.once('exit', (code) => resolve(code === 0 ? 'closed' : 'lost'))
    child.once('error', () => resolve('lost'))
  })
  const pipe = openBrowserPipe(child.stdio[3] as Writable, child.stdio[4] as unknown as Readable)
  const window = await inTime(
    findWindow(pipe, new URL(address).origin, (bounds) => keepWindowSize(profileDir, bounds)),
    exited,
  ).catch(() => undefined)
  if (window === undefined || !(await window.show(address))) {
    child.kill('SIGKILL')
    return undefined
  }
  return { show: window.show, ended: Promise.race([window.closed, exited]), close: () => close(child, pipe) }
}

function windowArguments(address: string, data: string, { width, height, isMaximized }: WindowSize): string[] {
  return [
    // Without the token, which everybody on the machine could read here.
    `--app=${new URL('/', address).href}`,
    `--user-data-dir=${data}`,
    '--remote-debugging-pipe',
    // Chromium keeps the size of an app by its address, and does not find it again where that has dots in it.
    `--window-size=${width},${height}`,
    ...(isMaximized ? ['--start-maximized'] : []),
    ...quiet,
  ]
}

/** A window of ours asks nobody for anything. */
const quiet = [
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-client-side-phishing-detection',
  '--disable-extensions',
  '--disable-breakpad',
]

/** A browser in a snap may not write into hidden folders of the home. */
function dataFolder(browser: string, profileDir: string): string {
  const isSnap = browser.startsWith('/snap/') || basename(realpathSync(browser)) === 'snap'
  if (!isSnap) return join(profileDir, 'window')
  const name = createHash('sha256').update(profileDir).digest('hex').slice(0, 12)
  return join(homedir(), 'snap', basename(browser), 'common', 'palabre', name)
}

/** The first page at our address is the window. */
async function findWindow(pipe: BrowserPipe, origin: string, resized: (bounds: Bounds) => void) {
  const found = Promise.withResolvers<string>()
  const closed = Promise.withResolvers<'closed'>()
  let target = ''
  const look = ({ targetInfo }: Record<string, unknown>) => {
    const { targetId, type, url } = targetInfo as { targetId: string; type: string; url: string }
    if (target !== '' || type !== 'page' || !url.startsWith(origin)) return
    target = targetId
    found.resolve(targetId)
  }
  pipe.on('Target.targetCreated', look)
  pipe.on('Target.targetInfoChanged', look)
  pipe.on('Target.targetDestroyed', ({ targetId }) => {
    if (targetId === target) closed.resolve('closed')
  })
  await pipe.call('Target.setDiscoverTargets', { discover: true })
  const targetId = await found.promise
  const { sessionId } = await pipe.call('Target.attachToTarget', { targetId, flatten: true })
  // Our own page asks the person; the browser would ask again at each start, because the address is another one.
  await pipe
    .call('Browser.setPermission', { origin, permission: { name: 'notifications' }, setting: 'granted' })
    .catch(() => undefined)

  pipe.on('Page.frameResized', () => {
    pipe.call('Browser.getWindowForTarget', { targetId }).then(
      ({ bounds }) => resized(bounds as Bounds),
      () => undefined,
    )
  })
  await pipe.call('Page.enable', {}, sessionId as string)

  /** A page that reloads itself meanwhile, as one does that has lost its kernel, aborts what it is led to. */
  const navigate = async (url: string, triesLeft = 3): Promise<void> => {
    const { errorText } = await pipe.call('Page.navigate', { url }, sessionId as string)
    if (errorText !== undefined && triesLeft > 0) await navigate(url, triesLeft - 1)
  }

  const show = async (address: string) => {
    try {
      await navigate(address)
      await pipe.call('Target.activateTarget', { targetId })
      return true
    } catch {
      return false
    }
  }
  return { show, closed: closed.promise }
}

/** Undefined when the browser ends or says nothing for too long. */
async function inTime<T>(work: Promise<T>, exited: Promise<unknown>): Promise<T | undefined> {
  const limit = Promise.withResolvers<undefined>()
  const timer = setTimeout(() => limit.resolve(undefined), startMs)
  try {
    return await Promise.race([work, limit.promise, exited.then(() => undefined)])
  } finally {
    clearTimeout(timer)
  }
}

/** Asked to close it saves what it keeps; a browser that does not is ended. */
async function close(child: ChildProcess, pipe: BrowserPipe): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  const impatience = setTimeout(() => child.kill('SIGKILL'), goodbyeMs)
  pipe.call('Browser.close').catch(() => undefined)
  await exit
  clearTimeout(impatience)
}
