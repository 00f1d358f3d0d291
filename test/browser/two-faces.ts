import type { Locator, Page } from 'playwright-core'
import { openFace, type BareFace } from '../story/bare-face.ts'
import { openProfile, type TestProfile } from '../story/desktop-process.ts'

/** Loopback and nothing else. */
const onLoopback = {
  plugins: { 'transport-tcp': { config: { listen: ['/ip4/127.0.0.1/tcp/0'] } }, 'transport-websocket': false },
}

/** One person's Palabre: a desktop process, and the address of its page. */
export interface Person extends AsyncDisposable {
  readonly profile: TestProfile
  readonly address: string
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
    newAddress,
    end: async () => void (await desktop.stop()),
    ask: async () => openFace(await newAddress()),
    [Symbol.asyncDispose]: () => profile[Symbol.asyncDispose](),
  }
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
