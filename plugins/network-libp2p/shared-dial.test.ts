import type { Connection } from '@libp2p/interface'
import type { Link } from '@palabre/sdk/contract/link'
import { fakeClock } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Dialler } from './dial.ts'
import { faults } from './faults.ts'
import { limits } from './limits.ts'
import type { Links } from './links.ts'
import type { Road } from './road.ts'
import { createSharedDial } from './shared-dial.ts'

const peer = '12D3KooWAbTsXUYSgU1vbtAL8GsXVuXtnk4t5NQZ5dLbAoZZJNcS'
const addressAt = (port: number) => `/ip4/192.0.2.1/tcp/${port}`

/** What becomes of the first words on a road: the link, the end of its connection, or a no on one that goes on. */
type Fate = 'linked' | 'broken' | 'refused'

/** Somebody who answers at so many addresses, after a while, as the test says; and when they were called where. */
function somebody({ doors = 1, after = 0, fate }: { doors?: number; after?: number; fate(call: number): Fate }) {
  const clock = fakeClock()
  const calls: { at: number; address: string }[] = []
  const link = { peer } as Link
  const connect: Dialler['connect'] = async (_peer, addresses, _signal, closed) => {
    const remoteAddr = addresses.map((one) => one.replace(`/p2p/${peer}`, '')).find((one) => !closed!.has(one))
    if (remoteAddr === undefined) throw faults.unreachable(peer)
    calls.push({ at: clock.monotonic(), address: remoteAddr })
    return Object.assign(new EventTarget(), { status: 'open', remoteAddr, remotePeer: peer }) as unknown as Connection
  }
  const open: Links['open'] = async ({ connection }) => {
    if (after > 0) await clock.sleep(after)
    const what = fate(calls.length)
    if (what === 'linked') return link
    if (what === 'broken') Object.assign(connection, { status: 'closed' })
    throw faults.linkEnded(what === 'broken' ? 'unreachable' : 'denied')
  }
  const dial = createSharedDial({
    clock,
    dialler: { connect, addressesOf: async () => [] } as unknown as Dialler,
    links: { to: () => undefined, arrival: () => new Promise(() => undefined), open } as unknown as Links,
    signal: new AbortController().signal,
    self: () => 'ourselves',
    seek: async () => undefined,
    roadsTo: () => [],
    roadOn: (connection) => ({ connection }) as Road,
    letGo: async () => undefined,
  })
  const addresses = Array.from({ length: doors }, (_, i) => `${addressAt(i + 1)}/p2p/${peer}`)
  const dialling = dial(addresses, new AbortController().signal).then(
    (reached) => (reached === link ? 'linked' : 'another link'),
    (error: { code: string }) => error.code,
  )
  return { clock, calls, dialling }
}

test('the only road to somebody that breaks during the first words is tried once more, a moment later', async () => {
  const { clock, calls, dialling } = somebody({ fate: (call) => (call === 1 ? 'broken' : 'linked') })
  await clock.advance(limits.doorsAgain - 1)
  assert.is(calls.length, 1)
  await clock.advance(1)
  assert.is(await dialling, 'linked')
  assert.equal(
    calls.map(({ at }) => at),
    [0, limits.doorsAgain],
  )
})

test('another road is taken at once', async () => {
  const { calls, dialling } = somebody({ doors: 2, fate: (call) => (call === 1 ? 'broken' : 'linked') })
  assert.is(await dialling, 'linked')
  assert.equal(calls, [
    { at: 0, address: addressAt(1) },
    { at: 0, address: addressAt(2) },
  ])
})

for (const [doors, expected] of [
  [1, 2],
  [2, 4],
  [9, limits.doors],
] as const)
  test(`who closes ${doors} of ${doors} doors is called ${expected} times and no more`, async () => {
    const { clock, calls, dialling } = somebody({ doors, fate: () => 'broken' })
    await clock.advance(limits.dial)
    assert.equal([await dialling, calls.length], ['unreachable', expected])
  })

test('a no on a road that goes on standing is a no', async () => {
  const { clock, calls, dialling } = somebody({ doors: 2, fate: () => 'refused' })
  await clock.advance(limits.closing)
  assert.equal([await dialling, calls.length], ['denied', 1])
})

test('nothing is tried again once the time of a dial is over', async () => {
  const { clock, calls, dialling } = somebody({ after: limits.dial + 1, fate: () => 'broken' })
  await clock.advance(3 * limits.dial)
  assert.equal([await dialling, calls.length], ['unreachable', 1])
})

test.run()
