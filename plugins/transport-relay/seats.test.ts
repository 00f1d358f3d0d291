import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { RELAY_V2_HOP_CODEC } from '@libp2p/circuit-relay-v2'
import type { PeerId, Topology } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import type { Multiaddr } from '@multiformats/multiaddr'
import { fakeClock, settled } from '@palabre/sdk/testkit'
import { keepSeats, type SeatComponents, type SeatEvent, type Seats } from './seats.ts'

const [first, second] = [
  '12D3KooWAbTsXUYSgU1vbtAL8GsXVuXtnk4t5NQZ5dLbAoZZJNcS',
  '12D3KooWL6pHfuKwnd3FqGquVGcdiGPzRVfZv61mMPLT9NLTHBwg',
] as const
const at = (peer: string) => `/ip4/192.0.2.1/tcp/4001/p2p/${peer}`

/** Relays that are up or down, kind or not, as the test says; all that is asked of them is noted. */
function meadow(relays: readonly string[], { discover = false, seats = 1 } = {}) {
  const clock = fakeClock()
  const up = new Set<string>()
  const connected = new Set<string>()
  /** Who said that it relays, to whoever listened then. */
  const told = new Set<string>()
  const held = new Set<string>()
  const dialled: string[] = []
  const listeners = new Set<(event: SeatEvent) => void>()
  let topology: Topology | undefined
  const meet = (peer: string) => {
    connected.add(peer)
    void topology?.onConnect?.(peerIdFromString(peer), {} as never)
  }
  const lose = (peer: string) => {
    connected.delete(peer)
    held.delete(peer)
    for (const tell of listeners) tell({ detail: { relay: peerIdFromString(peer) } })
  }
  const components = {
    transportManager: {
      async dial(address: Multiaddr) {
        const peer = address.toString().split('/').at(-1)!
        dialled.push(peer)
        if (!up.has(peer)) throw new Error('down')
        meet(peer)
      },
    },
    connectionManager: {
      getConnections: (peer: PeerId) => (connected.has(String(peer)) ? [{ abort: () => lose(String(peer)) }] : []),
    },
    peerStore: {
      get: (peer: PeerId) => Promise.resolve({ protocols: told.has(String(peer)) ? [RELAY_V2_HOP_CODEC] : [] }),
    },
    registrar: {
      register: (_name: string, given: Topology) => Promise.resolve(((topology = given), 'id')),
      unregister: () => undefined,
    },
    ping: { ping: (peer: PeerId) => (up.has(String(peer)) ? Promise.resolve(1) : Promise.reject(new Error('silent'))) },
  } as unknown as SeatComponents
  const store: Seats = {
    addRelay: (peer) => Promise.resolve(void held.add(String(peer))),
    hasReservation: (peer) => held.has(String(peer)),
    getReservation: () => undefined,
    cancelReservations: () => held.clear(),
    addEventListener: (type, listener) => void (type === 'relay:removed' && listeners.add(listener)),
    removeEventListener: (_type, listener) => void listeners.delete(listener),
  }
  const log = { trace() {}, debug() {}, info() {}, warn() {}, error() {} }
  const stop = new AbortController()
  const keep = () => keepSeats({ settings: { relays, discover, seats }, clock, log, components, store, signal: stop.signal })
  return { clock, up, held, connected, told, dialled, meet, lose, stop, keep, listeners }
}

test('the first named gets the seat, and nobody else is troubled', async () => {
  const { up, held, dialled, keep, stop, listeners } = meadow([at(first), at(second)])
  up.add(first).add(second)
  const running = keep()
  await settled()
  assert.equal([...held], [first])
  assert.equal(dialled, [first])
  stop.abort()
  await running
  assert.is(listeners.size, 0)
})

test('one that is connected, and said before we came that it relays, gives a seat at once', async () => {
  const { held, connected, told, dialled, keep, stop } = meadow([at(first)])
  connected.add(first)
  told.add(first)
  const running = keep()
  await settled()
  assert.equal([[...held], dialled], [[first], []])
  stop.abort()
  await running
})

test('one that is down is passed over, and left alone a little longer each time', async () => {
  const { clock, up, held, dialled, keep, stop } = meadow([at(first)])
  const running = keep()
  await settled()
  assert.equal(dialled.length, 1)
  await clock.advance(1_300)
  await settled()
  assert.equal(dialled.length, 2)
  // A second and a half later at the earliest, whatever chance says.
  await clock.advance(900)
  await settled()
  assert.equal(dialled.length, 2)
  up.add(first)
  await clock.advance(1_600)
  await settled()
  assert.equal([...held], [first])
  stop.abort()
  await running
})

test('a seat that is lost is replaced at once, and one at a silent relay is given up', async () => {
  const { clock, up, held, lose, keep, stop } = meadow([at(first), at(second)])
  up.add(first).add(second)
  const running = keep()
  await settled()
  up.delete(first)
  lose(first)
  await settled()
  await settled()
  assert.equal([...held], [second])
  up.delete(second)
  up.add(first)
  await clock.advance(10_000)
  await settled()
  await settled()
  assert.equal([...held], [first])
  stop.abort()
  await running
})

test('a relay that was only met is asked when the settings say so', async () => {
  for (const discover of [false, true]) {
    const { held, meet, keep, stop } = meadow([], { discover })
    const running = keep()
    await settled()
    meet(first)
    await settled()
    await settled()
    assert.equal([...held], discover ? [first] : [])
    stop.abort()
    await running
  }
})

test.run()
