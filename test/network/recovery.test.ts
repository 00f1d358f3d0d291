import type { Link } from '@palabre/sdk/contract/link'
import { definePlugin } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { OverlayMemory } from '@palabre/sdk/contract/overlay-memory'
import { testPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openNode, type TestNode } from './nodes.ts'
import { wayTo } from './way-between.ts'

/** How long who has the smaller id stands back for what it proposed itself, in milliseconds. */
const precedence = 1_000

const arrival = async (node: TestNode) => ((await node.happened(({ kind }) => kind === 'link-opened')) as { link: Link }).link

/** Numbers the frames of a talk, and holds whoever reads it to the whole row. */
async function talk(from: Link, to: Link, frames: number, during: (sent: number) => void): Promise<void> {
  const writing = (async () => {
    for (let i = 0; i < frames; i++) {
      await from.send(new Uint8Array(Uint32Array.of(i, ...Array.from({ length: 256 }, () => i)).buffer))
      during(i)
    }
    await from.flush()
  })()
  let next = 0
  for await (const frame of to.frames) {
    assert.is(new Uint32Array(frame.slice().buffer)[0], next++)
    if (next === frames) break
  }
  await writing
}

/** Resolves when the link stands on another road. */
const moved = (link: Link) =>
  new Promise<void>((resolve) => {
    const watching = link.watch(({ state }) => {
      if (state !== 'up') return
      watching[Symbol.dispose]()
      resolve()
    })
  })

test('cut again and again in the middle of a talk, a link comes back and loses nothing', async () => {
  await using a = await openNode()
  await using b = await openNode()
  await using way = await wayTo(b.network.addresses()[0]!)
  const here = await a.network.dial(`${way.address}/p2p/${b.network.self}`)
  const there = await arrival(b)
  // The way that worked last is tried first again, so that each cut hits.
  await Promise.all([
    talk(here, there, 3_000, (sent) => sent % 700 === 350 && way.cut()),
    talk(there, here, 3_000, () => undefined),
  ])
  assert.is(here.state, 'up')
  const losses = a.events.filter((event) => event.kind === 'link-changed' && event.change.state === 'recovering')
  assert.ok(losses.length >= 2 && way.count >= 3, `${losses.length} losses, ${way.count} connections`)
})

test('a way that falls silent is left for another before it is given up', async () => {
  await using a = await openNode()
  await using b = await openNode()
  await using way = await wayTo(b.network.addresses()[0]!)
  const here = await a.network.dial(`${way.address}/p2p/${b.network.self}`)
  const there = await arrival(b)
  const back = moved(here)
  let fell = 0
  await talk(here, there, 400, (sent) => {
    if (sent !== 200) return
    way.silence()
    fell = performance.now()
  })
  await back
  const ms = performance.now() - fell
  // By giving it up, after limits.answer, it would take 3.5 s.
  assert.ok(ms < 3_000, `${ms} ms`)
  assert.not.ok(here.path.address.includes(way.address))
  assert.not.ok(a.events.some((event) => event.kind === 'link-changed' && event.change.state === 'recovering'))
  console.log(`MEASURED: a way that fell silent was left for another after ${ms.toFixed(0)} ms`)
})

test('after the machine slept, links are asked at once', async () => {
  let skew = 0
  await using a = await openByClock({ skew: () => skew })
  await using b = await openNode()
  await using way = await wayTo(b.network.addresses()[0]!)
  const here = await a.network.dial(`${way.address}/p2p/${b.network.self}`)
  const back = moved(here)
  way.silence()
  const started = performance.now()
  skew = 3_600_000
  await back
  // Without the leap of the clock it takes limits.quiet to ask and limits.answer to give up: 13 s.
  assert.ok(performance.now() - started < 5_000, `${performance.now() - started} ms`)
})

test('two who call each other at once on slow ways get one link, and the same', async () => {
  for (let round = 0; round < 4; round++) {
    await using a = await openNode()
    await using b = await openNode()
    await using there = await wayTo(b.network.addresses()[0]!)
    await using back = await wayTo(a.network.addresses()[0]!)
    // As long as it takes for one side to take the other's connection for dead, or twice that.
    there.slow(round < 2 ? 130 : 260)
    back.slow(130)
    const [ours, theirs] = await Promise.all([
      a.network.dial(`${there.address}/p2p/${b.network.self}`),
      b.network.dial(`${back.address}/p2p/${a.network.self}`),
    ])
    await ours.rtt()
    assert.equal([ours.state, theirs.state], ['up', 'up'])
    assert.equal([a.network.links(), b.network.links()], [[ours], [theirs]])
    await theirs.send(Uint8Array.of(7))
    assert.equal((await ours.frames[Symbol.asyncIterator]().next()).value, Uint8Array.of(7))
  }
})

test('two of whom each took the link that the other had proposed go on with one of them, and lose nothing', async () => {
  // Who stands back for the other has no patience at all, and gives up before the answer that is on its way is here.
  await using a = await openByClock({ sleeps: (ms) => (ms === precedence ? 0 : ms) })
  await using b = await openNode()
  while (a.network.self > b.network.self) await b.network.rotate()
  await using there = await wayTo(b.network.addresses()[0]!)
  await using back = await wayTo(a.network.addresses()[0]!)
  for (const way of [there, back]) way.slow(100)
  const [ours, theirs] = await Promise.all([
    a.network.dial(`${there.address}/p2p/${b.network.self}`),
    b.network.dial(`${back.address}/p2p/${a.network.self}`),
  ])
  for (const [from, to] of [
    [ours, theirs],
    [theirs, ours],
  ] as const) {
    await from.send(Uint8Array.of(7))
    assert.equal((await to.frames[Symbol.asyncIterator]().next()).value, Uint8Array.of(7))
  }
  assert.equal([a.network.links(), b.network.links()], [[ours], [theirs]])
})

test('a dial over an old connection that fell silent does not wait for it', async () => {
  await using a = await openNode()
  await using b = await openNode()
  await using way = await wayTo(b.network.addresses()[0]!)
  b.network.protocol('/test/held/1', () => new Promise(() => undefined))
  const first = await a.network.dial(`${way.address}/p2p/${b.network.self}`)
  // Keeps the connection when the link is closed.
  await a.network.open(b.network.self, '/test/held/1')
  await first.close()
  way.silence()
  const started = performance.now()
  const link = await a.network.dial(b.network.addresses())
  const ms = performance.now() - started
  assert.not.ok(link.path.address.includes(way.address))
  // Half a second of it is for the old one to answer; limits.answer would be three.
  assert.ok(ms < 2_500, `${ms} ms`)
  console.log(`MEASURED: a dial over an old connection that fell silent took ${ms.toFixed(0)} ms`)
})

for (const smaller of [true, false]) {
  test(`who restarts and calls while we call it on what is dead is heard at once, ours the ${smaller ? 'smaller' : 'larger'} id`, async () => {
    const plugin = keptMemory()
    await using a = await openNode()
    const before = await openNode({ memory: plugin })
    const { self } = before.network
    while (a.network.self < self !== smaller) await a.network.rotate()
    await using way = await wayTo(before.network.addresses()[0]!)
    before.network.protocol('/test/held/1', () => new Promise(() => undefined))
    const first = await a.network.dial(`${way.address}/p2p/${self}`)
    // Keeps the connection when the link is closed.
    await a.network.open(self, '/test/held/1')
    await first.close()
    way.silence()
    const dying = before[Symbol.asyncDispose]()
    const calling = a.network.dial(self)
    await dying
    await using after = await openNode({ memory: plugin })
    const started = performance.now()
    const [ours, theirs] = await Promise.all([calling, after.network.dial(a.network.addresses())])
    const ms = performance.now() - started
    assert.ok(ms < 1_500, `${ms} ms`)
    assert.equal([a.network.links(), after.network.links()], [[ours], [theirs]])
    await theirs.send(Uint8Array.of(7))
    assert.equal((await ours.frames[Symbol.asyncIterator]().next()).value, Uint8Array.of(7))
    console.log(`MEASURED: a link to a peer that restarted while it was called, after ${ms.toFixed(0)} ms`)
  })
}

test('a peer that died without a word and starts again under the same id gets a new link', async () => {
  const plugin = keptMemory()
  await using a = await openNode()
  const before = await openNode({ memory: plugin })
  const { self } = before.network
  await using way = await wayTo(before.network.addresses()[0]!)
  const stale = await a.network.dial(`${way.address}/p2p/${self}`)
  way.silence()
  await before[Symbol.asyncDispose]()
  await using after = await openNode({ memory: plugin })
  assert.is(after.network.self, self)
  const fresh = await after.network.dial(a.network.addresses())
  assert.is((await stale.closed).orderly, false)
  await fresh.send(Uint8Array.of(7))
  for await (const frame of a.network.links()[0]!.frames) {
    assert.equal(frame, Uint8Array.of(7))
    break
  }
})

/** A node that starts with it again has the same id and port. */
function keptMemory() {
  const kept = new Map<string, Uint8Array>()
  const memory: OverlayMemory = { read: async (name) => kept.get(name), write: async (name, bytes) => void kept.set(name, bytes) }
  return testPlugin('overlay-memory-kept', definePlugin({ provides: { memory: OverlayMemory }, start: () => ({ memory }) }))
}

/** By a clock that tells another time, or sleeps otherwise, than it should. */
function openByClock({ skew = () => 0, sleeps = (ms) => ms }: { skew?(): number; sleeps?(ms: number): number }): Promise<TestNode> {
  const clock: Clock = {
    now: () => Date.now() + skew(),
    monotonic: () => performance.now(),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted()
        const timer = setTimeout(() => {
          signal?.removeEventListener('abort', quit)
          resolve()
        }, sleeps(ms))
        const quit = () => {
          clearTimeout(timer)
          reject(signal?.reason)
        }
        signal?.addEventListener('abort', quit, { once: true })
      }),
  }
  const plugin = testPlugin('clock-otherwise', definePlugin({ provides: { clock: Clock }, start: () => ({ clock }) }))
  return openNode({ clock: plugin })
}

test.run()
