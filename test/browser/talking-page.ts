import * as assert from 'uvu/assert'
import type { TestBrowser } from './browser.ts'
import { probe, type Probe } from './probe-plugin.ts'
import { watchPage, type WatchedPage } from './watched-page.ts'

/** Somebody with a browser of their own, driven by commands alone. */
export interface TalkingPage extends AsyncDisposable {
  readonly window: WatchedPage
  readonly ask: Probe
  /** Until the answer, as text, has this in it; gives the answer. */
  until(command: string, args: object, what: RegExp): Promise<unknown>
  /** An invite that leads to this page. */
  invite(): Promise<string>
  /** Until messages can be sent. */
  ready(): Promise<void>
  /** The page loaded again in the same tab. */
  reload(): Promise<void>
  /** The tab closed, and another one opened later at the same address. */
  reopen(): Promise<TalkingPage>
}

export async function openTalkingPage(browser: TestBrowser, address: string): Promise<TalkingPage> {
  return talkingIn(await browser.openPage(address), address)
}

async function talkingIn(window: WatchedPage, address: string): Promise<TalkingPage> {
  const { page } = window
  const ask = probe(page)
  await ready(window)
  return {
    window,
    ask,
    until: ask.answers,
    async invite() {
      return ((await ask.run('invite.create')).data as { link: string }).link
    },
    ready: () => ready(window),
    async reload() {
      await page.reload()
      await ready(window)
    },
    async reopen() {
      check(window)
      await page.close()
      const again = await watchPage(page.context(), new URL(address).host)
      await again.page.goto(address)
      return talkingIn(again, address)
    },
    async [Symbol.asyncDispose]() {
      if (!page.isClosed()) check(window)
      await window[Symbol.asyncDispose]()
    },
  }
}

async function ready({ page }: WatchedPage): Promise<void> {
  await page.evaluate(`new Promise((done) => {
    const look = () => (globalThis.probe === undefined ? setTimeout(look, 20) : done())
    look()
  })`)
  const wanted = `['command-messages', 'command-contacts', 'route-link']`
  await probe(page).until(`filter(({ id, state }) => ${wanted}.includes(id) && state === 'running').length === 3`)
}

function check({ errors, violations }: WatchedPage): void {
  assert.equal(errors, [])
  assert.equal(violations, [])
}
