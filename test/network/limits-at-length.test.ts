// slow
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { allFrom, openBareNode } from './bare-node.ts'
import { letIn } from './let-in.ts'
import { openNode } from './nodes.ts'
import { steppedClock } from './stepped-clock.ts'
import { handshake, kinds, late, linkProtocol } from './wire.ts'

interface Shipped {
  readonly profiles: Record<string, { plugins: Record<string, { config?: object }> }>
}

const shipped = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../plugins.json'), 'utf8')) as Shipped

for (const profile of ['relay', 'web-relay']) {
  test(`with the settings of the profile ${profile}, 1,000 connections are let in and no more`, async () => {
    const config = {
      'network-libp2p': { ...shipped.profiles[profile]!.plugins['network-libp2p']!.config, inboundPerSecond: 10_000 },
    }
    // Its time stands still, so that nobody is let go for being idle.
    const clock = steppedClock()
    const node = await openNode({ roads: ['memory'], config, clock: clock.plugin })
    const crowd = await openBareNode('memory')
    assert.is(await letIn(crowd, node, 1_010), 1_000)
    await crowd[Symbol.asyncDispose]()
    await clock.until(node[Symbol.asyncDispose]())
  })
}

test('who opens a stream for a link and does not say which is told so, and cut, after ten seconds', async () => {
  await using node = await openNode()
  await using mute = await openBareNode()
  const stream = await (await mute.connect(node.network.addresses()[0]!)).newStream(linkProtocol)
  const begun = performance.now()
  const said = await allFrom(stream)
  const ms = performance.now() - begun
  // A goodbye with the reason: u32 length, kind, version, code.
  assert.equal([said[4], said[6]], [kinds.goodbye, late])
  assert.ok(ms >= handshake - 500 && ms < 2 * handshake, `${ms} ms`)
})

test.run()
