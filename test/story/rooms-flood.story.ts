import { readRelayLink } from '@palabre/sdk/contract/relay-link'
import { encodeWord } from '@palabre/sdk/contract/signal-wire'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { startRelayProcess } from '../mailbox/relay-process.ts'
import { callRooms, newRoom, type RoomCaller } from '../signal/room-caller.ts'
import { answered } from './two-talkers.ts'

/** What an address may have at once, as the README of signal-server says. */
const [entries, sockets] = [400, 64]

test('who takes rooms without end is told that they come too often, then that it is enough; whoever calls from elsewhere still gets one', async () => {
  await using relay = await startRelayProcess()
  const url = readRelayLink(relay.link)!.signals!.find((one) => one.includes('//127.0.0.1:'))!
  using callers = new DisposableStack()
  const flooding = async () => callers.use(await callRooms(url, '127.0.0.2'))
  const takes = async (caller: RoomCaller) => {
    caller.say(encodeWord('wait', newRoom()))
    return caller.hears()
  }

  let [taken, told, opened] = [0, 'waiting', 0]
  while (told === 'waiting') {
    assert.ok(opened < sockets, `${taken} rooms in ${opened} sockets`)
    const caller = await flooding()
    opened++
    assert.is(await caller.hears(), 'hello')
    // Fewer than a socket may have at once.
    for (let rooms = 0; rooms < 100 && told === 'waiting'; rooms++) {
      told = await takes(caller)
      if (told === 'waiting') taken++
    }
  }
  assert.is(told, 'too-often')
  assert.ok(taken >= entries, `${taken} rooms`)

  using honest = await callRooms(url)
  assert.equal([await honest.hears(), await takes(honest)], ['hello', 'waiting'])
  assert.is((await answered<{ rooms: number }>(relay.operator, 'signal', 'counts')).rooms, taken + 1)

  await Promise.all(Array.from({ length: sockets - opened }, flooding))
  const answer = await flooding().then(() => 'a socket', String)
  assert.match(answer, '429')
  using another = await callRooms(url)
  assert.is(await another.hears(), 'hello')
})

test.run()
