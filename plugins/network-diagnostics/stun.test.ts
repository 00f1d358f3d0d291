import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testSeed, seededRandom } from '@palabre/sdk/testkit'
import { readServer } from './server-name.ts'
import { askStunByUdp, readAnswer } from './stun.node.ts'

/** RFC 5769 §2.2 and §2.3: sample responses, and the head of the request that they answer. */
const hex = (said: string) => Uint8Array.from(Buffer.from(said.replaceAll(' ', ''), 'hex'))
const request = hex('0001 0000 2112a442 b7e7a701bc34d686fa87dfae')
const answer4 = hex(
  `0101 003c 2112a442 b7e7a701bc34d686fa87dfae 8022000b 7465737420766563746f7220 00200008 0001a147e112a643
   00080014 2b91f599fd9e90c38c7489f92af9ba53f06be7d7 80280004 c07d4c96`.replaceAll('\n', ''),
)
const answer6 = hex(
  `0101 0048 2112a442 b7e7a701bc34d686fa87dfae 8022000b 7465737420766563746f7220 00200014 0002a147 0113a9faa5d3f179bc25f4b5bed2b9d9
   00080014 a382954e4be67bf11784c97c8292c275bfe3ed41 80280004 c8fb0b4c`.replaceAll('\n', ''),
)

test('reads the sample answers of RFC 5769', () => {
  assert.equal(readAnswer(answer4, request), { address: '192.0.2.1', port: 32853 })
  assert.equal(readAnswer(answer6, request), { address: '2001:db8:1234:5678:11:2233:4455:6677', port: 32853 })
})

test('an answer to somebody else, cut short or changed is nothing, and never throws', () => {
  const other = Uint8Array.from(request)
  other[19]! ^= 1
  assert.is(readAnswer(answer4, other), undefined)
  const random = seededRandom(testSeed())
  for (let i = 0; i < 5_000; i++) {
    const bytes = Uint8Array.from(answer4.subarray(0, random.below(answer4.length)))
    assert.is(readAnswer(bytes, request), undefined)
    const changed = Uint8Array.from(answer4)
    changed[random.below(changed.length)] = random.below(256)
    const read = readAnswer(changed, request)
    assert.ok(read === undefined || (read.port < 65_536 && read.address.length > 0), `seed ${random.seed}`)
  }
})

test('who does not answer is undefined, who does is timed, and giving up is heard', async () => {
  const mute = createSocket('udp4')
  mute.bind(0, '127.0.0.1')
  await once(mute, 'listening')
  const { port } = mute.address()
  const asked = once(mute, 'message') as Promise<[Buffer, { port: number }]>
  const asking = askStunByUdp([{ host: '127.0.0.1', port }], new AbortController().signal)
  const [bytes, from] = await asked
  const reply = Uint8Array.from(answer4)
  reply.set(bytes.subarray(4, 20), 4)
  mute.send(reply, from.port, '127.0.0.1')
  const [seen] = await asking
  // The address is hidden by the transaction of the sample in IPv6 only: in IPv4 the cookie alone counts.
  assert.is(seen?.address, '192.0.2.1')
  assert.ok((seen?.ms ?? -1) >= 0)
  const stop = new AbortController()
  const second = once(mute, 'message')
  const waiting = askStunByUdp([{ host: '127.0.0.1', port }], stop.signal)
  await second
  stop.abort(new Error('enough'))
  let why: unknown
  await waiting.catch((error: unknown) => (why = error))
  assert.match(String(why), 'enough')
  await new Promise<void>((done) => void mute.close(() => done()))
})

test('servers by name and by address, with and without a port', () => {
  assert.equal(readServer('stun:198.51.100.1:19302'), { host: '198.51.100.1', port: 19302, isName: false })
  assert.equal(readServer('turns:turn.example?transport=tcp'), { host: 'turn.example', port: 5349, isName: true })
  assert.equal(readServer('stun:[2001:db8::1]'), { host: '2001:db8::1', port: 3478, isName: false })
  assert.is(readServer('http://example'), undefined)
})

test.run()
