import { chromium, type Browser, type BrowserContextOptions } from 'playwright-core'
import { chromiumOnDisk, type ChromiumOnDisk } from './chromium-on-disk.ts'
import { watchPage, type WatchedPage } from './watched-page.ts'

/** A real browser for tests. It reaches this machine and nothing else. */
export interface TestBrowser extends AsyncDisposable {
  /** A window of its own, with storage of its own, that keeps an account of what goes wrong in it. */
  openPage(url: string, options?: PageOptions): Promise<WatchedPage>
}

interface PageOptions extends BrowserContextOptions {
  /** Runs in every page before its own code. */
  readonly before?: string
}

/** Returns the reason when none can run here. `besides`: more for its command line. */
export async function openBrowser(besides: readonly string[] = []): Promise<TestBrowser | { readonly missing: string }> {
  const found = chromiumOnDisk()
  if ('missing' in found) return found
  const browser = await launch(found, besides)
  return {
    async openPage(url, { before, ...options } = {}) {
      const context = await browser.newContext({
        colorScheme: 'dark',
        viewport: { width: 1100, height: 800 },
        locale: 'en',
        ...options,
      })
      if (before !== undefined) await context.addInitScript({ content: before })
      const watched = await watchPage(context, new URL(url).host)
      await watched.page.goto(url)
      return watched
    },
    [Symbol.asyncDispose]: () => browser.close(),
  }
}

function launch({ executable, env }: ChromiumOnDisk, besides: readonly string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: executable,
    env: { ...process.env, ...env },
    args: [
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-domain-reliability',
      '--no-pings',
      // Whatever still tries to leave finds no name and no road.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.*, EXCLUDE localhost',
      '--proxy-server=direct://',
      '--font-render-hinting=none',
      // A container's /dev/shm is small.
      '--disable-dev-shm-usage',
      ...besides,
    ],
  })
}
