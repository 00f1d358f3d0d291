import { suite } from 'uvu'
import { openBrowser, type TestBrowser } from './browser.ts'

/** uvu tests in a real browser. Where none can run, each says why and counts as skipped. */
export interface BrowserSuite {
  test(name: string, run: (browser: TestBrowser) => Promise<void>): void
  /** Registers everything, as uvu's own. */
  run(): void
}

export async function browserSuite(name: string): Promise<BrowserSuite> {
  const all = suite(name)
  const browser = await openBrowser()
  if ('missing' in browser) {
    return {
      test(what) {
        console.log(`SKIPPED: ${what}: ${browser.missing}`)
        all.skip(what)
      },
      run: () => all.run(),
    }
  }
  all.after(async () => browser[Symbol.asyncDispose]())
  return { test: (what, run) => all(what, () => run(browser)), run: () => all.run() }
}
