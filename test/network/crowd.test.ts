// slow, limit: 300 s
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openCrowd, toldOfAll, type Crowd } from './crowd.ts'
import type { TestNode } from './nodes.ts'

/** As in the settings of network-libp2p. */
const wanted = 12

const everybodyFound = ({ nodes }: Crowd) =>
  Promise.all(nodes.map((node) => node.happened(() => foundBy(node) === nodes.length - 1)))
const foundBy = ({ network }: TestNode) => network.peers().filter(({ foundBy }) => foundBy.length > 0).length

const linksWanted = ({ nodes }: Crowd) => Math.min(nodes.length - 1, wanted)

/** Resolves when everybody has the links that they want, and nobody has dialled anybody for a second. */
async function quiet(crowd: Crowd): Promise<void> {
  const { nodes } = crowd
  await Promise.all(nodes.map((node) => node.happened(() => node.network.links().length >= linksWanted(crowd))))
  const count = () => nodes.reduce((sum, node) => sum + node.events.length, 0)
  for (let before = -1; before !== count();) {
    before = count()
    await new Promise<void>((resolve) => void setTimeout(resolve, 1_000))
  }
}

function reachable({ nodes }: Crowd): number {
  const byId = new Map(nodes.map((node) => [node.network.self, node]))
  const seen = new Set<TestNode>([nodes[0]!])
  for (const node of seen) for (const { peer } of node.network.links()) seen.add(byId.get(peer)!)
  return seen.size
}

// The largest first, while what this process keeps of earlier ones does not hide what a node takes.
for (const [size, road] of [
  [100, 'memory'],
  [50, 'tcp'],
  [10, 'tcp'],
] as const)
  test(`${size} nodes over ${road}: everybody finds everybody, no dial storm, all hang together`, async () => {
    const weigh = () => process.memoryUsage().rss
    const before = weigh()
    const started = performance.now()
    await using crowd = await openCrowd(size, road, toldOfAll)
    await everybodyFound(crowd)
    const found = performance.now() - started
    await quiet(crowd)
    const opened = crowd.nodes.reduce((sum, { events }) => sum + events.filter(({ kind }) => kind === 'link-opened').length, 0)
    const links = crowd.nodes.map(({ network }) => network.links().length)
    console.log(
      `MEASURED: ${size} nodes over ${road}: all found after ${(found / 1000).toFixed(1)} s, ${opened / 2} links opened, ` +
        `${Math.min(...links)} to ${Math.max(...links)} each, ${((weigh() - before) / size / 1024 / 1024).toFixed(1)} MB resident per node`,
    )
    assert.is(reachable(crowd), size)
    // Each dials until it has the links it wants; those that others make with it come on top, and nobody beyond what a host allows.
    assert.ok(opened / 2 <= size * wanted, `${opened / 2} links were opened`)
    assert.ok(links.every((count) => count >= linksWanted(crowd) && count <= 100))
    for (const { network, events } of crowd.nodes) {
      const peers = events.flatMap((event) => (event.kind === 'link-opened' ? [event.link.peer] : []))
      assert.is(new Set(peers).size, peers.length, 'a peer was linked twice')
      assert.is(network.links().length, peers.length, 'a link was lost')
    }
  })

test.run()
