import { Writable } from 'node:stream'
import type { MultiaddrConnection, Upgrader } from '@libp2p/interface'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { inOneGo } from './in-one-go.ts'

/** What the ecosystem's connection does with its socket, and what reaches the system. */
function openConnection() {
  const calls: string[] = []
  const socket = new Writable({
    write(chunk, _encoding, done) {
      calls.push(String(chunk))
      done()
    },
    writev(chunks, done) {
      calls.push(chunks.map(({ chunk }) => String(chunk)).join('+'))
      done()
    },
  })
  const connection = {
    socket,
    sendData: (parts: readonly string[]) => parts.map((part) => socket.write(part)),
    sendReset: () => void calls.push('reset'),
  }
  return { calls, connection, as: connection as unknown as MultiaddrConnection }
}

const upgrader = { upgradeOutbound: async () => ({}), upgradeInbound: async () => undefined } as unknown as Upgrader
const turn = () => new Promise((done) => setImmediate(done))

test('what one turn writes goes out at once, at either end', async () => {
  for (const upgrade of ['upgradeInbound', 'upgradeOutbound'] as const) {
    const { calls, connection, as } = openConnection()
    await inOneGo(upgrader)[upgrade](as as never, { signal: AbortSignal.timeout(1_000) } as never)
    connection.sendData(['a', 'b'])
    connection.sendData(['c'])
    await turn()
    connection.sendData(['d'])
    await turn()
    assert.equal(calls, ['a+b+c', 'd'])
  }
})

test('what was written before a connection is broken off is on its way', async () => {
  const { calls, connection, as } = openConnection()
  await inOneGo(upgrader).upgradeInbound(as, { signal: AbortSignal.timeout(1_000) })
  connection.sendData(['a', 'b'])
  connection.sendReset()
  assert.equal(calls, ['a+b', 'reset'])
})

test.run()
