import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Link, Path } from '@palabre/sdk/contract/link'
import { addressOf } from './addresses.ts'
import { startNode } from './test-node.ts'
import { plain, says } from './three.ts'

const isDirect = (address: string) => !address.includes('/p2p-circuit')

/** A relay, somebody with a seat there who listens for herself too, and somebody who does only that. */
async function village() {
  const relay = await startNode(['relay-circuit'])
  const anna = await startNode(['transport-relay'], { 'transport-relay': { relays: relay.network.addresses() } })
  const boris = await startNode(['transport-relay'])
  return {
    relay,
    anna,
    boris,
    async [Symbol.asyncDispose]() {
      for (const one of [boris, anna, relay]) await one[Symbol.asyncDispose]()
    },
  }
}

/** The next path of this kind, or the one of now. */
function moved(link: Link, kind: Path['kind']): Promise<Path> {
  return new Promise((found) => {
    const look = () => {
      if (link.state !== 'up' || link.path.kind !== kind) return
      watching[Symbol.dispose]()
      found(link.path)
    }
    const watching = link.watch(look)
    look()
  })
}

for (const who of ['the one who opened it', 'the one who was called'] as const) {
  test(`a direct link moves behind a relay for ${who}, loses nothing, and comes back`, async () => {
    await using all = await village()
    const { anna, boris, relay } = all
    await addressOf(anna.network, plain)
    const link = await boris.network.dial(await addressOf(anna.network, isDirect))
    await says(boris, anna, 1)
    const [shy, other] = who === 'the one who opened it' ? [boris, anna] : [anna, boris]
    const hiding = shy.network.hideFrom(other.network.self)
    const { hops } = await moved(link, 'relayed')
    assert.equal(
      hops.map(({ peer }) => peer),
      [relay.network.self],
    )
    await moved(
      anna.network.links().find(({ peer }) => peer === boris.network.self)!,
      'relayed',
    )
    await says(boris, anna, 2)
    await says(anna, boris, 3)
    // What it would be brought back by stands ready, and is not taken.
    await other.network.dial(shy.network.addresses().filter(isDirect))
    assert.is(link.path.kind, 'relayed')
    hiding[Symbol.dispose]()
    await moved(link, 'lan')
    await says(anna, boris, 4)
  })
}

test('where no relay is known the link ends in good order, and a dial says why it cannot be', async () => {
  await using anna = await startNode([])
  await using boris = await startNode([])
  const link = await boris.network.dial(anna.network.addresses())
  using _hiding = boris.network.hideFrom(anna.network.self)
  assert.is((await link.closed).orderly, true)
  const code = await boris.network.dial(anna.network.addresses()).then(
    () => 'linked',
    (error: { code: string }) => error.code,
  )
  assert.is(code, 'denied')
})

for (const hides of [true, false]) {
  test(hides ? 'who is hidden tells no address beside the road' : 'who is not hidden tells where else he is', async () => {
    await using all = await village()
    const { anna, boris } = all
    using _hiding = hides ? boris.network.hideFrom(anna.network.self) : undefined
    const link = await boris.network.dial(await addressOf(anna.network, plain))
    await says(boris, anna, 1)
    await link.close()
    const found = await anna.network.dial(boris.network.self).then(
      ({ path }) => path.kind,
      (error: { code: string }) => error.code,
    )
    assert.is(found, hides ? 'peer-unknown' : 'lan')
  })
}

test.run()
