import type { Locator, Page } from 'playwright-core'
import { openFace, type BareFace } from '../story/bare-face.ts'
import { openProfile, type DesktopProcess, type TestProfile } from '../story/desktop-process.ts'

/** Loopback and nothing else. */
export const onLoopback = {
  plugins: { 'transport-tcp': { config: { listen: ['/ip4/127.0.0.1/tcp/0'] } }, 'transport-websocket': false },
}

/** One person's Palabre: a desktop process, and the address of its page. */
export interface Person extends AsyncDisposable {
  readonly profile: TestProfile
  readonly address: string
  readonly desktop: DesktopProcess
  /** Asks the kernel, past any page. */
  ask(): Promise<BareFace>
  newAddress(): Promise<string>
  /** Ends the process; the profile stays. */
  end(): Promise<void>
}

export async function openPerson(settings: { readonly plugins?: object } = {}): Promise<Person> {
  const profile = await openProfile({ plugins: { ...onLoopback.plugins, ...settings.plugins } })
  const desktop = await profile.start(['--json'])
  const { address } = await desktop.told()
  const newAddress = async () => (await (await profile.start(['--json'])).told()).address
  return {
    profile,
    address,
    desktop,
    newAddress,
    end: async () => void (await desktop.stop()),
    ask: async () => openFace(await newAddress()),
    [Symbol.asyncDispose]: () => profile[Symbol.asyncDispose](),
  }
}

/** Two people who know each other; one has a page, the other is driven by commands alone. */
export async function openAcquainted(settings: { readonly plugins?: object } = {}) {
  await using stack = new AsyncDisposableStack()
  const awa = stack.use(await openPerson(settings))
  const bintou = stack.use(await openPerson())
  const [here, there] = [stack.use(await awa.ask()), stack.use(await bintou.ask())]
  await here.run('id.name', { name: 'Awa' })
  await there.run('id.name', { name: 'Bintou' })
  const { link } = (await here.run('invite.create')).data as { link: string }
  const { id } = (await there.run('invite.accept', { invite: link })).data as { id: string }
  const kept = stack.move()
  return {
    awa,
    /** Awa’s kernel, and Bintou’s. */
    here,
    there,
    /** What Bintou says comes to Awa. */
    say: async (message: string) => (await there.run('send', { to: id, message, wait: 'delivered' })).data as { id: string },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

/** Until this is true in the page, which is asked in one go: its policy refuses what is asked again and again by text. */
export async function untilTrue(page: Page, condition: string): Promise<void> {
  await page.evaluate(`new Promise((done, fail) => {
    const end = performance.now() + 20_000
    const look = () => {
      if (${condition}) done()
      else if (performance.now() > end) fail(new Error(${JSON.stringify(`never came true: ${condition}`)}))
      else setTimeout(look, 25)
    }
    look()
  })`)
}

/** The frame as a person finds it: by doors, names and words. */
export function framed(page: Page) {
  const door = (view: string): Locator => page.locator(`palabre-shell .door[data-view="${view}"]`)
  return {
    door,
    row: (name: string): Locator => page.locator('palabre-conversations .row', { hasText: name }),
    said: (words: string): Locator => page.locator('palabre-chat li.message', { hasText: words }),
    link: (): Promise<string> => page.getByRole('textbox', { name: 'Invite link' }).inputValue(),
    composer: page.locator('palabre-composer textarea'),
  }
}
