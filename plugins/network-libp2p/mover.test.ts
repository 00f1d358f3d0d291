import type { Connection } from '@libp2p/interface'
import { fakeClock, settled } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { HeldLink } from './held-link.ts'
import { limits } from './limits.ts'
import { createMover } from './mover.ts'
import type { Road } from './road.ts'

/** A link on a relayed road, and a better one on which no stream can be opened. */
function beforeAClosedRoad() {
  const clock = fakeClock()
  const tries: number[] = []
  const over = new AbortController()
  const connection = {
    status: 'open',
    remotePeer: { toString: () => 'P' },
    async newStream() {
      tries.push(clock.monotonic())
      throw new Error('no stream now')
    },
  }
  const better = { order: 1, connection: connection as unknown as Connection } as Road
  const held = { link: { peer: 'P', state: 'up' }, opener: true, road: { order: 9 }, over: over.signal, generation: 1 }
  const mover = createMover({
    clock,
    signal: over.signal,
    roadsTo: () => [better],
    connect: () => Promise.reject(new Error('nobody asks')),
    letGo: async () => undefined,
  })
  return { clock, tries, over, connection, held, offer: () => mover.offer(held as unknown as HeldLink, better) }
}

test('a better road whose stream cannot be opened is tried again with growing pauses, for as long as a dial may take', async () => {
  const { clock, tries, offer } = beforeAClosedRoad()
  offer()
  await clock.advance(3 * limits.dial)
  const [first, second, third] = tries
  assert.equal([first, second, third], [0, limits.firstPause, 3 * limits.firstPause])
  assert.ok(tries.at(-1)! < limits.dial, `the last after ${tries.at(-1)} ms`)
})

for (const [why, change] of [
  ['the link has moved meanwhile', ({ held }) => (held.generation += 1)],
  ['the link is over', ({ over }) => over.abort()],
  ['the connection is closed', ({ connection }) => (connection.status = 'closed')],
] as readonly (readonly [string, (scene: ReturnType<typeof beforeAClosedRoad>) => unknown])[])
  test(`it is not tried again when ${why}`, async () => {
    const scene = beforeAClosedRoad()
    scene.offer()
    await settled()
    change(scene)
    await scene.clock.advance(3 * limits.dial)
    assert.ok(scene.tries.length <= 2, `${scene.tries.length} tries`)
  })

test.run()
