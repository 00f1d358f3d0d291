import type { Link } from '@palabre/sdk/contract/link'
import { addressOf } from '../../network/addresses.ts'
import { startNode, type TestNode } from '../../network/test-node.ts'
import { plain, threeOf } from '../../network/three.ts'
import type { Job, Row } from '../job.ts'
import { inTurn } from '../rounds.ts'

/** A link through a relay, beside one of the same program without. */
export const passing: Job = { name: 'passing', run: measure }

const rounds = 5
const bulk = 16 * 1024 * 1024
const piece = new Uint8Array(32 * 1024)

async function* measure(): AsyncGenerator<Row> {
  await using three = await threeOf([])
  await using neighbour = await startNode([])
  const relayed = await openRoad(three.boris, three.anna, await addressOf(three.anna.network, plain))
  const direct = await openRoad(three.boris, neighbour, neighbour.network.addresses()[0]!)
  const took = await inTurn(rounds, { relayed, direct })
  yield {
    what: '16 MiB in pieces of 32 KiB through a relay',
    unit: 'ms',
    ours: took.relayed,
    peer: { name: 'a direct link', took: took.direct },
    notes: ['both ends and the relay share this process: what the relay does is in our time too'],
  }
}

/** A round over this road: milliseconds until all of it is on the other side. */
async function openRoad(from: TestNode, to: TestNode, address: string): Promise<() => Promise<number>> {
  const here = await from.network.dial(address)
  const there = to.network.links().find(({ peer }) => peer === from.network.self)!
  const frames = there.frames[Symbol.asyncIterator]()
  return async () => {
    const begun = performance.now()
    const [arrived] = await Promise.all([read(frames), write(here)])
    return arrived - begun
  }
}

async function read(frames: AsyncIterator<Uint8Array>): Promise<number> {
  for (let left = bulk; left > 0;) left -= (await frames.next()).value!.length
  return performance.now()
}

async function write(link: Link): Promise<void> {
  for (let sent = 0; sent < bulk; sent += piece.length) await link.send(piece)
}
