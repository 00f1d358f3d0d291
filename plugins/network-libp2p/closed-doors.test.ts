import type { Connection } from '@libp2p/interface'
import { fakeClock, settled } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createClosedDoors } from './closed-doors.ts'
import { limits } from './limits.ts'

const address = '/ip4/192.0.2.1/tcp/1'

function openConnection() {
  const connection = Object.assign(new EventTarget(), { status: 'open', remoteAddr: address, remotePeer: 'P' })
  return {
    connection: connection as unknown as Connection,
    close() {
      connection.status = 'closed'
      connection.dispatchEvent(new Event('close'))
    },
  }
}

test('a connection that ends a moment after it was said to is a closed door', async () => {
  const doors = createClosedDoors(fakeClock())
  const { connection, close } = openConnection()
  const noted = doors.note(connection)
  await settled()
  close()
  assert.equal([await noted, doors.has(address)], [true, true])
})

test('one that goes on is not, and keeps nobody waiting', async () => {
  const clock = fakeClock()
  const doors = createClosedDoors(clock)
  const noted = doors.note(openConnection().connection)
  await clock.advance(limits.closing)
  assert.equal([await noted, doors.has(address)], [false, false])
})

test.run()
