import type { Road } from '../../network/nodes.ts'
import type { Job, Row } from '../job.ts'
import { inTurn } from '../rounds.ts'
import { openLinks, openSockets, openStreams, type Ends } from './ends.ts'

/** Each road through `Link`, beside the bare libp2p stream on the same transport, and raw TCP in the same rounds. */
export const roads: readonly Job[] = (['tcp', 'quic', 'websocket', 'memory'] as const).map((road) => ({
  name: road,
  run: () => measure(road),
}))

const rounds = 15
const bulk = 32 * 1024 * 1024
const piece = new Uint8Array(32 * 1024)
const small = new Uint8Array(64)
const trips = 500

async function* measure(road: Road): AsyncGenerator<Row> {
  await using links = await openLinks(road)
  await using streams = await openStreams(road, { heldBack: false })
  await using held = await openStreams(road, { heldBack: true })
  await using sockets = await openSockets()
  for (const ends of [links, streams, held, sockets]) {
    await carry(ends)
    await bounce(ends)
  }
  const trip = await inTurn(rounds, { ours: () => bounce(links), stream: () => bounce(streams), tcp: () => bounce(sockets) })
  yield {
    what: `${road}: round trip of 64 B`,
    unit: 'ns',
    ours: trip.ours,
    peer: { name: 'bare stream', took: trip.stream },
    aim: { of: 'ratio', atMost: 1.3 },
  }
  yield { what: `${road}: the same`, unit: 'ns', ours: trip.ours, peer: { name: 'raw TCP', took: trip.tcp } }
  const load = await inTurn(rounds, {
    ours: () => carry(links),
    stream: () => carry(streams),
    held: () => carry(held),
    tcp: () => carry(sockets),
  })
  // 0.8 of its throughput is 1.25 of its time.
  yield {
    what: `${road}: 32 MiB in pieces of 32 KiB`,
    unit: 'ms',
    ours: load.ours,
    peer: { name: 'bare stream', took: load.stream },
    aim: { of: 'ratio', atMost: 1.25 },
    notes: ['which holds no writer back: all of it may wait in memory at once'],
  }
  yield { what: `${road}: the same`, unit: 'ms', ours: load.ours, peer: { name: 'bare stream, held back', took: load.held } }
  yield {
    what: `${road}: the same`,
    unit: 'ms',
    ours: load.ours,
    peer: { name: 'raw TCP', took: load.tcp },
    notes: ['both ends share this process'],
  }
}

/** Milliseconds until all of it is on the other side. */
async function carry({ here, there }: Ends): Promise<number> {
  const begun = performance.now()
  const came = there.read(bulk)
  for (let sent = 0; sent < bulk; sent += piece.length) {
    const more = here.write(piece)
    if (more !== undefined) await more
  }
  await came
  return performance.now() - begun
}

/** Nanoseconds for one of them. */
async function bounce({ here, there }: Ends): Promise<number> {
  const begun = performance.now()
  for (let i = 0; i < trips; i++) {
    const back = here.read(small.length)
    const came = there.read(small.length)
    await here.write(small)
    await came
    await there.write(small)
    await back
  }
  return ((performance.now() - begun) * 1e6) / trips
}
