import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { definePlugin } from '@palabre/sdk'
import { Ice } from '@palabre/sdk/contract/ice'
import type { Link, Path } from '@palabre/sdk/contract/link'
import { fakeClock, openTestKernel, pluginFolder, testPlugin } from '@palabre/sdk/testkit'
import { folderOf } from './nodes.ts'
import { addressOf } from './addresses.ts'
import { inOwnNetwork } from './in-own-network.ts'
import { plain, says, threeOf } from './three.ts'

/** The path once it passes, now or when it changes. */
function pathOf(link: Link, passes: (path: Path) => boolean): Promise<Path> {
  return new Promise((found) => {
    const look = () => {
      if (link.state !== 'up' || !passes(link.path)) return
      watching[Symbol.dispose]()
      found(link.path)
    }
    const watching = link.watch(look)
    look()
  })
}

/** What transport-webrtc lends to who connects by hand. */
async function openIce() {
  const held: { ice?: Ice } = {}
  const hands = definePlugin({ needs: { ice: Ice }, start: ({ ice }) => void (held.ice = ice) })
  const folders = await Promise.all(['clock-system', 'transport-webrtc'].map((one) => pluginFolder(folderOf(one))))
  const kernel = await openTestKernel({ plugins: [...folders, testPlugin('test-hands', hands)], clock: fakeClock() })
  await kernel.start()
  return { ice: held.ice!, [Symbol.asyncDispose]: () => kernel.stop() }
}

/** WebRTC speaks from every address of the machine but loopback. */
inOwnNetwork(import.meta.filename, () => {
  test('a relayed link becomes direct by WebRTC and goes on when the relay is gone', async () => {
    await using three = await threeOf(['transport-webrtc', 'upgrade-webrtc'])
    const { anna, boris, relay } = three
    const link = await boris.network.dial(await addressOf(anna.network, plain))
    await says(boris, anna, 1)
    const theirs = anna.network.links()[0]!
    const paths = await Promise.all([link, theirs].map((one) => pathOf(one, ({ transport }) => transport === 'webrtc')))
    for (const { kind, address } of paths) {
      assert.ok(kind === 'direct' || kind === 'lan', kind)
      assert.match(address, /^\/ip[46]\/[^/]+\/udp\/\d+\/webrtc\//)
    }
    await relay[Symbol.asyncDispose]()
    await says(boris, anna, 3)
    await says(anna, boris, 4)
    assert.is(link.state, 'up')
  })

  test('two connect by hand, with what they tell each other and nobody between', async () => {
    await using open = await openIce()
    const { ice } = open
    const candidates = await ice.gather()
    assert.ok(candidates.length > 0 && candidates.every(({ type }) => type === 'host'))
    using offer = await ice.offer()
    using answer = await ice.answer(offer.description)
    const [ours, theirs] = await Promise.all([offer.accept(answer.description), answer.channel()])
    assert.ok((await ours.rtt()) >= 0)
    assert.ok((await theirs.rtt()) >= 0)
    assert.ok(['host', 'prflx'].includes(ours.pair!.remote.type))
    ours[Symbol.dispose]()
    assert.is(await ours.rtt().catch((error: { code: string }) => error.code), 'closed')
  })

  test('what is no offer is refused', async () => {
    await using open = await openIce()
    const code = await open.ice.answer('hello').then(
      () => 'taken',
      (error: { code: string }) => error.code,
    )
    assert.is(code, 'bad-argument')
  })
})
