import type { Stream } from '@libp2p/interface'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openBareNode } from './bare-node.ts'

const bulk = 4 * 1024 * 1024
/** What the library asks its native part for. */
const narrow = 4 * 1024

/** The longest piece in which it came. */
function longestOf(stream: Stream): Promise<number> {
  return new Promise((resolve) => {
    let longest = 0
    let have = 0
    stream.addEventListener('message', ({ data: { byteLength } }) => {
      longest = Math.max(longest, byteLength)
      have += byteLength
      if (have === bulk) resolve(longest)
    })
  })
}

test('bulk over QUIC comes in pieces longer than the library would read, on streams of either side', async () => {
  await using there = await openBareNode('quic', ['/ip4/127.0.0.1/udp/0/quic-v1'])
  await using here = await openBareNode('quic')
  const arrived = Promise.withResolvers<Stream>()
  await there.answer('/bulk/1', arrived.resolve)
  const ours = await (await here.connect(there.addresses[0]!)).newStream('/bulk/1')
  const theirs = await arrived.promise
  const longest = Promise.all([longestOf(ours), longestOf(theirs)])
  for (const stream of [ours, theirs]) stream.send(new Uint8Array(bulk))
  const [atOurs, atTheirs] = await longest
  assert.ok(atOurs > narrow, `${atOurs} where it was opened`)
  assert.ok(atTheirs > narrow, `${atTheirs} where it was answered`)
})

test.run()
