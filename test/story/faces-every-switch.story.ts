// slow
import * as assert from 'uvu/assert'
import { browserSuite } from '../browser/browser-suite.ts'
import { probe, probePlugin, type Probe } from '../browser/probe-plugin.ts'
import { framed } from '../browser/two-faces.ts'
import type { WatchedPage } from '../browser/watched-page.ts'
import { startWebHost, type OtherPlugin } from '../browser/web-host.ts'
import { startSignalServer, type TestSignalServer } from '../signal/signal-host.ts'

const { test, run } = await browserSuite('every plugin of the page, by what it is good for')

/** Writes to the log like any plugin. */
const voice: OtherPlugin = {
  id: 'voice',
  code: `import { definePlugin } from '@palabre/sdk'
export const plugin = definePlugin({ start: (_needs, scope) => void Object.assign(globalThis, { voice: scope.log }) })`,
}

interface Place {
  readonly window: WatchedPage
  readonly kernel: Probe
  /** Where the other person is, through the relay. */
  readonly them: string
  readonly console: readonly string[]
  /** A server of rooms, where this person waits for whoever has an invite of theirs. */
  readonly rooms: TestSignalServer
}

interface Sight {
  /** What a person misses without it. */
  readonly feature: string
  seen(place: Place): Promise<boolean>
}

const element = (feature: string, selector: string): Sight => ({
  feature,
  seen: ({ window }) => window.page.locator(selector).first().isVisible(),
})
const command = (id: string, feature: string): Sight => ({
  feature,
  seen: async ({ kernel }) => (await kernel.commands()).includes(id),
})
const answered = (id: string, args: (place: Place) => object, what: RegExp, feature: string): Sight => ({
  feature,
  seen: async (place) =>
    place.kernel.run(id, args(place)).then(
      ({ data }) => what.test(JSON.stringify(data)),
      () => false,
    ),
})
/** What only shows where this story does not go: at least nobody holds it any more. */
const lends = (id: string, feature: string): Sight => ({
  feature,
  seen: async ({ kernel }) => (await kernel.list()).find((info) => info.id === id)!.holds.contributions > 0,
})
const inSettings = (feature: string, selector: string): Sight => ({
  feature,
  async seen({ window }) {
    const { door, row } = framed(window.page)
    await door('settings').click()
    await window.page.locator('palabre-settings').getByRole('heading', { level: 1 }).waitFor()
    const isThere = await window.page.locator(selector).isVisible()
    await door('chat').click()
    await row('Bintou').click()
    return isThere
  },
})
const inRooms: Sight = {
  feature: 'waiting for others where no relay is needed',
  seen: async ({ rooms }) => rooms.counts().rooms > 0,
}
const door = (view: string) => element(`the door to ${view}`, `palabre-shell .door[data-view="${view}"]`)
const seat = answered('net.info', () => ({}), /p2p-circuit/, 'others reach this page through the relay')
const delivered = answered(
  'send',
  () => ({ to: 'Bintou', message: 'there?', wait: 'delivered', seconds: 2 }),
  /delivered|read/,
  'what is said arrives',
)

/** Each plugin of the web profile, and how a person sees that it is there. */
const sights: Readonly<Record<string, Sight>> = {
  'view-welcome': element('the first start', 'palabre-welcome'),
  'log-console': {
    feature: 'the log on the console',
    async seen({ window, console }) {
      const mark = `mark ${Math.random()}`
      await window.page.evaluate(`voice.warn('${mark}')`)
      return console.some((line) => line.includes(mark))
    },
  },
  'clock-system': command('send', 'whatever waits, expires or is dated: talking rests without it'),
  'plugin-manager': command('plugins.disable', 'the switches themselves; the page offers them back'),
  'primitives-noble': command('id.show', 'whatever is sealed or signed: nobody is anybody without it'),
  'vault-browser': command('vault.lock', 'the lock, and all that is kept behind it'),
  'store-indexeddb': command('history', 'what was said'),
  'identity-seed': command('id.show', 'who I am'),
  'suite-ratchet': answered(
    'send',
    () => ({ to: 'Bintou', message: 'sealed', wait: 'kept', seconds: 0 }),
    /sealed/,
    'sealing: nothing is sent in the clear instead',
  ),
  'keyring-store': command('send', 'the keys of others: nothing is sent without them'),
  'contacts-book': command('contacts.list', 'the people one knows'),
  'messenger-pipeline': command('conversations', 'the conversations'),
  'route-link': delivered,
  'command-contacts': command('invite.create', 'invites'),
  'command-messages': command('history', 'what was said, and saying more'),
  'command-arrival': command('arrival.show', 'invites by link'),
  'command-relay': command('relay.list', 'relays of one’s own'),
  'mailbox-client': command('mailbox.status', 'mailboxes for those who are away'),
  'command-storage': command('storage.show', 'what the browser keeps of it'),
  'command-identity': command('id.phrase', 'the recovery phrase'),
  'port-local': element('the faces: without it the page says that nothing is shown, and brings it back', 'palabre-shell'),
  'view-shell': element('the frame: without it the plugins page stands alone, and brings it back', 'palabre-shell'),
  'view-conversations': element('the list', 'palabre-conversations .row'),
  'view-chat': element('the conversation', 'palabre-composer textarea'),
  'view-contacts': door('contacts'),
  'view-path': element('the road to them', 'palabre-path .indicator'),
  'view-network': door('network'),
  'view-settings': door('settings'),
  // Who looks elsewhere all the time has something unread.
  'view-notices': {
    feature: 'the title that says how much waits',
    seen: async ({ window }) => /^\(\d+\) /.test(await window.page.title()),
  },
  'view-phrase': inSettings('the recovery phrase', 'palabre-phrase'),
  'view-relays': inSettings('relays of one’s own, in the settings', 'palabre-relays form'),
  'view-plugins': door('plugins'),
  'network-libp2p': seat,
  'overlay-memory-vault': command('net.info', 'the node, which must know its key'),
  'network-commands': command('net.info', 'looking at the network'),
  'network-diagnostics': command('net.diagnostics', 'finding out what works from here'),
  'transport-websocket': seat,
  'transport-relay': seat,
  'transport-webrtc': answered('net.info', () => ({}), /p2p-circuit\/webrtc/, 'a road from page to page'),
  // Loopback has no direct road: that links take one with it is proved in web-talk-direct, that they stay without it in going-direct.
  'upgrade-webrtc': lends('upgrade-webrtc', 'links that go direct by themselves'),
  'signal-room': inRooms,
  'transport-signal': inRooms,
  'channel-noise': {
    feature: 'new links: no hop goes unencrypted',
    async seen({ kernel, them }) {
      const peer = them.split('/').at(-1)!
      await kernel.run('net.disconnect', { peer }).catch(() => undefined)
      return kernel.run('net.connect', { peer: [them] }).then(
        () => true,
        () => false,
      )
    },
  },
  'discovery-manual': command('net.add-peer', 'peers by name'),
}

test('each one is seen, missed when it is off with nothing broken, and seen again', async (browser) => {
  await using rooms = await startSignalServer()
  await using host = await startWebHost({
    faces: true,
    plugins: [probePlugin, voice],
    settings: { plugins: { 'signal-room': { enabled: true, config: { servers: [rooms.url] } } } },
  })
  await using other = await browser.openPage(host.address)
  await using window = await browser.openPage(host.address, { before: 'Document.prototype.hasFocus = () => false' })
  const console: string[] = []
  window.page.on('console', (message) => console.push(message.text()))

  await framed(other.page).begin('Bintou')
  const link = await framed(other.page).link()
  const addresses = JSON.stringify((await probe(other.page).run('net.info')).data)
  const them = /"(\/[^"]+\/p2p-circuit\/p2p\/[^"]+)"/.exec(addresses)![1]!

  const kernel = probe(window.page)
  await window.page.getByLabel('Your name').waitFor()
  const place: Place = { window, kernel, them, console, rooms }
  await kernel.until(`every(({ state }) => state === 'running')`)
  assert.equal(Object.keys(sights).toSorted(), shipped(await kernel.list()), 'a line for each plugin')

  const [[first, welcome] = ['', undefined], ...rest] = Object.entries(sights)
  await switched(place, first, welcome!)
  await framed(window.page).begin('Awa', link)
  await framed(window.page).composer.waitFor()
  await kernel.run('send', { to: 'Bintou', message: 'Are you there?', wait: 'delivered', seconds: 20 })
  await probe(other.page).run('send', { to: 'Awa', message: 'Are you looking?', wait: 'delivered', seconds: 20 })
  await kernel.run('invite.create')
  for (const [id, sight] of rest) await switched(place, id, sight)
  for (const { errors, violations } of [window, other]) assert.equal([errors, violations], [[], []])
})

run()

/** What the test and the host itself bring is nobody's to switch. */
const ofThePage = ['probe', 'voice', 'page-stage']

const shipped = (all: readonly { readonly id: string }[]) =>
  all
    .map(({ id }) => id)
    .filter((id) => !ofThePage.includes(id))
    .toSorted()

async function switched(place: Place, id: string, sight: Sight): Promise<void> {
  const { window, kernel } = place
  const turn = (how: 'enable' | 'disable') => window.page.evaluate(`probe.plugins.${how}('${id}').then(() => undefined)`)
  await comesTo(place, sight, true, `${id} is on, and ${sight.feature} not seen`)
  await turn('disable')
  await comesTo(place, sight, false, `${id} is off, and still seen: ${sight.feature}`)
  assert.equal(window.errors, [], `without ${id}`)
  await turn('enable')
  await kernel.until(`every(({ state }) => state === 'running')`)
  await comesTo(place, sight, true, `${id} is on again, and not seen: ${sight.feature}`)
}

async function comesTo(place: Place, { seen }: Sight, wanted: boolean, fault: string): Promise<void> {
  for (const until = Date.now() + 20_000; Date.now() < until;) {
    if ((await seen(place)) === wanted) return
    await place.window.page.waitForTimeout(50)
  }
  throw new Error(fault)
}
