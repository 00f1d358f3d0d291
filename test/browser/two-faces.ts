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
    const end = performance.now() + 60_000
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
    /** The first start, with an invite of somebody or without one. */
    async begin(name: string, invite?: string): Promise<void> {
      await page.getByLabel('Your name').fill(name)
      if (invite !== undefined) await page.getByLabel('An invite you were given').fill(invite)
      await page.getByRole('button', { name: 'Begin' }).click()
    },
    /** In a page of its own it takes as long as being reached by others does. */
    async link(): Promise<string> {
      const field = page.getByRole('textbox', { name: 'Invite link' })
      await field.waitFor()
      return field.inputValue()
    },
    composer: page.locator('palabre-composer textarea'),
  }
}

/** Two who are new: Awa begins on one page, Bintou on the other by her invite, and says this, which Awa sees. */
export async function meet(one: Page, other: Page, words: string): Promise<void> {
  const [here, there] = [framed(one), framed(other)]
  await here.begin('Awa')
  await there.begin('Bintou', await here.link())
  await there.composer.fill(words)
  await there.composer.press('Enter')
  await here.door('chat').click()
  await here.row('Bintou').click()
  await here.said(words).waitFor()
}
