import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { encodeFrame, frameVersion, kinds } from '../../plugins/network-libp2p/frame.ts'
import { encodeHello, freshSession } from '../../plugins/network-libp2p/hello.ts'
import { limits } from '../../plugins/network-libp2p/limits.ts'
import { linkProtocol } from '../../plugins/network-libp2p/links.ts'
import { allFrom, openAttacker } from './attacker.ts'
import { openNode } from './nodes.ts'

test('whoever breaks the rules of a link loses it, and our side knows why', async () => {
  const breaches: [string, (send: (bytes: Uint8Array) => void) => void, string][] = [
    [
      'more than the window',
      (send) => {
        for (let i = 0; i < 40; i++) send(encodeFrame(kinds.data, new Uint8Array(limits.frame)))
      },
      'peer-misbehaved',
    ],
    ['a frame too long', (send) => send(Uint8Array.of(0xff, 0xff, 0xff, 0xff, kinds.data, frameVersion)), 'peer-misbehaved'],
    ['another version', (send) => send(Uint8Array.of(0, 0, 0, 2, kinds.data, 9)), 'wrong-version'],
    [
      'frames nobody knows, without end',
      (send) => {
        for (let i = 0; i <= limits.unknownFrames; i++) send(Uint8Array.of(0, 0, 0, 2, 99, frameVersion))
      },
      'peer-misbehaved',
    ],
    ['taking what was never sent', (send) => send(encodeFrame(kinds.taken, new Uint8Array(8).fill(1))), 'peer-misbehaved'],
    [
      'a second hello',
      (send) => send(encodeFrame(kinds.hello, encodeHello({ resume: false, session: freshSession(), received: 0 }))),
      'peer-misbehaved',
    ],
  ]
  await using node = await openNode()
  for (const [name, breach, code] of breaches) {
    await using attacker = await openAttacker()
    const connection = await attacker.connect(node.network.addresses()[0]!)
    const stream = await connection.newStream(linkProtocol)
    stream.send(encodeFrame(kinds.hello, encodeHello({ resume: false, session: freshSession(), received: 0 })))
    const answer = allFrom(stream)
    breach((bytes) => {
      if (stream.writeStatus === 'writable') stream.send(bytes)
    })
    const event = await node.happened((one) => one.kind === 'link-closed' && one.peer === attacker.self)
    assert.is((event as { end: { code: string } }).end.code, code, name)
    await answer
  }
  await using honest = await openNode()
  assert.ok((await (await honest.network.dial(node.network.addresses())).rtt()) > 0)
})

test.run()
