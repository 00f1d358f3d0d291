import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { pulseOf } from './pulse.ts'

/** A page with an account of everything that should not have happened in it. */
export interface WatchedPage extends AsyncDisposable {
  readonly page: Page
  /** What the security policy refused. */
  readonly violations: readonly string[]
  /** What nobody caught in the page. */
  readonly errors: readonly string[]
  /** Requests to anybody but the page's own server. */
  readonly foreign: readonly string[]
  /** Kept in `.artefacts`, to be looked at. */
  picture(name: string): Promise<void>
}

const mark = 'palabre-violation'

/** Runs in the page before any of its own code, which is why it is text here. */
const reporter = `document.addEventListener('securitypolicyviolation', (event) =>
  console.debug('${mark}', event.violatedDirective, event.blockedURI, event.sourceFile + ':' + event.lineNumber, event.sample))`

export async function watchPage(context: BrowserContext, host: string): Promise<WatchedPage> {
  const violations: string[] = []
  const errors: string[] = []
  const foreign: string[] = []
  const isForeign = (url: URL) => /^(?:http|ws)s?:$/.test(url.protocol) && url.host !== host

  context.on('request', (request) => {
    const url = new URL(request.url())
    if (isForeign(url)) foreign.push(url.href)
  })
  await context.addInitScript({ content: reporter })
  context.on('console', (message) => {
    const text = message.text()
    if (text.startsWith(mark) || /Content[- ]Security[- ]Policy|Trusted ?(?:Type|HTML|Script)/i.test(text)) violations.push(text)
  })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  page.on('websocket', (socket) => {
    if (isForeign(new URL(socket.url()))) foreign.push(socket.url())
  })
  page.on('pageerror', (error) => errors.push(String(error.stack ?? error)))

  return {
    page,
    violations,
    errors,
    foreign,
    async picture(name) {
      const folder = resolve(import.meta.dirname, '../../.artefacts')
      mkdirSync(folder, { recursive: true })
      await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
    },
    async [Symbol.asyncDispose]() {
      // A page that hangs and a page that is only slow fail alike; whoever reads the failure wants to know which it was.
      for (const open of context.pages()) console.log(`at its end ${open.url()} is ${await pulseOf(open)}`)
      await context.close()
    },
  }
}
