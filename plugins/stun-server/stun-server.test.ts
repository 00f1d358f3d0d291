import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { isPalabreError } from '@palabre/sdk'
import { startTestHost } from '@palabre/sdk/testkit'
import { createRateBound } from './rate-bound.ts'
import { openStunServer } from './stun-server.ts'

const log = { trace() {}, debug() {}, info() {}, warn() {}, error() {} }
const bounds = { perSecond: 100, perAddress: 10 }
const request = Uint8Array.from([0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])

async function ask(port: number, address: string, from = address) {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4')
  socket.bind(0, from)
  await once(socket, 'listening')
  socket.send(request, port, address)
  const [answer] = (await once(socket, 'message', { signal: AbortSignal.timeout(5_000) })) as [Buffer]
  const own = socket.address().port
  socket.close()
  return { answer, own }
}

for (const address of ['127.0.0.1', '::1']) {
  test(`it tells the asker at ${address} its address and port`, async () => {
    const server = await openStunServer({ port: 0, addresses: [address], ...bounds }, log)
    if (server.addresses.length === 0) {
      console.log(`SKIPPED: ${address}: this machine has no such address`)
      return
    }
    const port = Number(server.addresses[0]!.slice(server.addresses[0]!.lastIndexOf(':') + 1))
    const { answer, own } = await ask(port, address)
    assert.is(answer.readUInt16BE(0), 0x0101)
    assert.equal(answer.subarray(4, 20), Buffer.from(request.subarray(4)))
    assert.is(answer.readUInt16BE(26) ^ 0x2112, own)
    assert.is(answer[25], address.includes(':') ? 2 : 1)
    await server.close()
  })
}

test('beyond the bound it is silent until the next second', () => {
  const bound = createRateBound(3, 2)
  assert.equal(['a', 'a', 'a', 'b', 'c'].map(bound.allows), [true, true, false, true, false])
  bound.reset()
  assert.is(bound.allows('a'), true)
})

test('more than the bound is not answered by the server either', async () => {
  const server = await openStunServer({ port: 0, addresses: ['127.0.0.1'], perSecond: 100, perAddress: 2 }, log)
  const port = Number(server.addresses[0]!.split(':')[1])
  await ask(port, '127.0.0.1')
  await ask(port, '127.0.0.1')
  const silenced = createSocket('udp4')
  let heard = 0
  silenced.on('message', () => heard++)
  silenced.bind(0, '127.0.0.1')
  await once(silenced, 'listening')
  silenced.send(request, port, '127.0.0.1')
  // Answered by the same socket after the one above was looked at.
  await ask(port, '127.0.0.1', '127.0.0.2')
  assert.is(heard, 0)
  server.nextSecond()
  silenced.send(request, port, '127.0.0.1')
  await once(silenced, 'message', { signal: AbortSignal.timeout(5_000) })
  silenced.close()
  await server.close()
})

test('a port that is taken is told with what to do', async () => {
  const other = createSocket('udp4')
  other.bind(0, '127.0.0.1')
  await once(other, 'listening')
  const fault = await openStunServer({ port: other.address().port, addresses: ['127.0.0.1'], ...bounds }, log).catch(
    (error: unknown) => error,
  )
  other.close()
  assert.ok(isPalabreError(fault))
  assert.is(fault.code, 'bad-settings')
})

test('as a plugin it answers while it is on and leaves nothing behind', async () => {
  await using host = await startTestHost({
    plugins: [import.meta.dirname],
    config: { 'stun-server': { port: 0, addresses: ['127.0.0.1'] } },
  })
  const told = host.log.find(({ message }) => message === 'answers STUN')!
  await ask(Number(told.fields['port']), '127.0.0.1')
  await host.plugins.disable('stun-server')
  const gone = createSocket('udp4')
  gone.bind(Number(told.fields['port']), '127.0.0.1')
  await once(gone, 'listening')
  gone.close()
})

test.run()
