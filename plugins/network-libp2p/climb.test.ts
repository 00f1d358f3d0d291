import type { Upgrader } from '@palabre/sdk/contract/upgrade'
import { fakeClock, settled } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createClimber } from './climb.ts'
import { limits } from './limits.ts'
import type { HeldLink } from './held-link.ts'
import type { Node } from './node.ts'

const log = { trace() {}, debug() {}, info() {}, warn() {}, error() {} }
const names = { addresses: () => Promise.reject(new Error('no names')), texts: () => Promise.reject(new Error('no names')) }

/** A relayed link that climbs by these ways, whose fate is the test's to decide. */
async function climbBy(...ways: string[]) {
  const clock = fakeClock()
  const over = new AbortController()
  const seen: string[] = []
  let climbing = false
  const fates = new Map(ways.map((way) => [way, Promise.withResolvers<boolean>()]))
  const held = {
    link: { peer: 'P', state: 'up', path: { kind: 'relayed', address: '/ip4/192.0.2.1/tcp/1/p2p/R/p2p-circuit/p2p/P' } },
    opener: true,
    road: { connection: {} },
    over: over.signal,
  } as unknown as HeldLink
  const climber = createClimber({
    clock,
    log,
    names,
    signal: over.signal,
    relayed: () => (climbing ? [held] : []),
    staysRelayed: () => false,
    addressesOf: async () => [],
    dial: async () => undefined,
  })
  await climber.furnish({ components: {} } as Node)
  for (const [index, name] of ways.entries()) {
    const upgrader: Upgrader = {
      upgrade({ signal }) {
        seen.push(name)
        signal.addEventListener('abort', () => seen.push(`${name} ended`))
        return fates.get(name)!.promise
      },
    }
    await climber.add({ name, rank: index, create: () => upgrader })
  }
  climber.look(held)
  climbing = true
  await settled()
  return { climber, clock, seen, over, fate: (way: string) => fates.get(way)! }
}

test('the next way begins a little later beside the one before, and the first that comes through ends it', async () => {
  const { clock, seen, fate } = await climbBy('first', 'second')
  await clock.advance(limits.upgradeStagger - 1)
  assert.equal(seen, ['first'])
  await clock.advance(1)
  assert.equal(seen, ['first', 'second'])
  fate('second').resolve(true)
  await settled()
  assert.equal(seen, ['first', 'second', 'first ended'])
})

test('while the link has not moved to what came through, another way is looked for after a pause', async () => {
  const { clock, seen, over, fate } = await climbBy('first')
  fate('first').resolve(true)
  await settled()
  assert.equal(seen, ['first'])
  await clock.advance(limits.firstUpgradePause * 1.25)
  assert.equal(seen, ['first', 'first'])
  over.abort()
})

test('one that fails at once keeps nobody waiting', async () => {
  const { seen, fate } = await climbBy('first', 'second')
  fate('first').reject(new Error('not now'))
  await settled()
  assert.equal(seen, ['first', 'second'])
})

test('after a pause everything that may work is tried again, and what cannot work is not', async () => {
  const { clock, seen, over, fate } = await climbBy('never', 'later')
  fate('never').resolve(false)
  fate('later').reject(new Error('not now'))
  await settled()
  assert.equal(seen, ['never', 'later'])
  await clock.advance(limits.firstUpgradePause * 1.25)
  assert.equal(seen, ['never', 'later', 'later'])
  over.abort()
})

test('what the peer did not speak is tried again once it speaks it, without an end to what is being tried', async () => {
  const { climber, clock, seen, over, fate } = await climbBy('unspoken', 'slow')
  const begun = () => seen.filter((one) => !one.endsWith(' ended'))
  fate('unspoken').resolve(false)
  await settled()
  climber.learned('P')
  await settled()
  assert.equal(seen, ['unspoken', 'slow'])
  // It was asked before that, so its no is of yesterday.
  fate('slow').resolve(false)
  await settled()
  await clock.advance(limits.firstUpgradePause * 1.25)
  assert.equal(begun(), ['unspoken', 'slow', 'unspoken', 'slow'])
  climber.learned('somebody else')
  await settled()
  assert.is(begun().length, 4)
  climber.learned('P')
  await settled()
  assert.equal(begun().slice(4), ['unspoken', 'slow'])
  over.abort()
})

test.run()
