// slow, limit: 300 s
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openPrey, type Prey } from './prey.ts'

const size = 20
/** As in the settings of network-libp2p. */
const wanted = 12

const idOf = ({ address }: Prey) => address.split('/').at(-1)!

test('20 processes, each told of those before it, hang together', async () => {
  await using stack = new AsyncDisposableStack()
  const all: Prey[] = []
  for (let i = 0; i < size; i++) {
    const peers = all.slice(-16).map(({ address }) => address)
    const config = { 'discovery-manual': { peers }, 'network-libp2p': { inboundPerSecond: 1_000 } }
    all.push(stack.use(await openPrey(config, 'discovery-manual')))
  }
  let links: string[][] = []
  const enough = () => links.every((row, i) => row.length >= Math.min(i, wanted)) && reachable(all, links) === size
  const until = performance.now() + 60_000
  do links = await Promise.all(all.map((one) => one.links()))
  while (!enough() && performance.now() < until)
  assert.is(reachable(all, links), size)
  for (const [i, row] of links.entries()) {
    assert.ok(row.length >= Math.min(i, wanted), `process ${i} has ${row.length} links`)
    assert.is(new Set(row).size, row.length)
    assert.not(row.includes(idOf(all[i]!)))
  }
  const weights = await Promise.all(all.map((one) => one.weigh()))
  const most = Math.max(...weights.map(({ rss }) => rss))
  console.log(
    `MEASURED: ${size} processes: ${links.flat().length / 2} links, ${(most / 1024 / 1024).toFixed(0)} MB resident at most`,
  )
})

function reachable(all: readonly Prey[], links: readonly string[][]): number {
  const byId = new Map(all.map((one, i) => [idOf(one), i]))
  const seen = new Set([0])
  for (const i of seen) for (const peer of links[i]!) seen.add(byId.get(peer)!)
  return seen.size
}

test.run()
