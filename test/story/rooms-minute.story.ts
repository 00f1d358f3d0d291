// slow, limit: 150 s
import { readRelayLink } from '@palabre/sdk/contract/relay-link'
import { encodeWord } from '@palabre/sdk/contract/signal-wire'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { startRelayProcess } from '../mailbox/relay-process.ts'
import { callRooms, newRoom } from '../signal/room-caller.ts'
import { answered } from './two-talkers.ts'

test('a room of a relay to which nobody comes is over after its minute, and nobody else gets its name', async () => {
  await using relay = await startRelayProcess()
  const url = readRelayLink(relay.link)!.signals!.find((one) => one.includes('//127.0.0.1:'))!
  using waiter = await callRooms(url)
  const room = newRoom()
  const begun = performance.now()
  waiter.say(encodeWord('wait', room))
  assert.equal([await waiter.hears(), await waiter.hears()], ['hello', 'waiting'])
  assert.is((await answered<{ rooms: number }>(relay.operator, 'signal', 'counts')).rooms, 1)
  assert.is(await waiter.hears(), 'over')
  const lasted = performance.now() - begun
  assert.ok(lasted >= 60_000, `it was over after ${lasted} ms`)
  assert.is((await answered<{ rooms: number }>(relay.operator, 'signal', 'counts')).rooms, 0)
  using visitor = await callRooms(url)
  visitor.say(encodeWord('visit', room))
  assert.equal([await visitor.hears(), await visitor.hears()], ['hello', 'used'])
})

test.run()
