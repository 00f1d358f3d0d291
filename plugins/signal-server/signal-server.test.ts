import {
  decodeSignal,
  encodeCell,
  encodeWord,
  signalRefusals,
  signalWire,
  type SignalMessage,
} from '@palabre/sdk/contract/signal-wire'
import { fakeClock } from '@palabre/sdk/testkit'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { WebSocket } from 'ws'
import { createCallers } from './callers.ts'
import { limits } from './limits.ts'
import { openServer, type ServerSettings } from './open-server.ts'

const name = () => crypto.getRandomValues(new Uint8Array(signalWire.room))
const sealed = (value: number) => new Uint8Array(signalWire.sealed).fill(value)

async function open(more: Partial<ServerSettings> = {}) {
  const clock = fakeClock()
  const server = await openServer({ host: '127.0.0.1', port: 0, behindProxy: false, ...more }, clock)
  /** A socket from an address of this machine. */
  const call = async (localAddress = '127.0.0.1', headers: Record<string, string> = {}) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}`, signalWire.protocol, { localAddress, headers })
    const heard: SignalMessage[] = []
    let wake = () => {}
    let isOver = false
    socket.on('message', (bytes: Buffer) => {
      heard.push(decodeSignal(new Uint8Array(bytes))!)
      wake()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      isOver = true
      wake()
    })
    const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()))
    const next = async (): Promise<SignalMessage | undefined> => {
      while (heard.length === 0 && !isOver) await new Promise<void>((resolve) => (wake = resolve))
      return heard.shift()
    }
    const hello = await next()
    const hears = async () => {
      const message = await next()
      return message?.kind === 'refused' ? signalRefusals[message.number] : (message?.kind ?? 'closed')
    }
    return { hello, next, hears, closed, say: (bytes: Uint8Array | string) => socket.send(bytes), close: () => socket.close() }
  }
  return {
    ...server,
    call,
    async advance(ms: number) {
      await clock.advance(ms)
      server.sweep()
    },
    [Symbol.asyncDispose]: () => server.close(),
  }
}

test('one waits, one comes, cells pass as they are, and the one who stays hears that it is over', async () => {
  await using server = await open()
  const [ada, bob, room] = [await server.call(), await server.call(), name()]
  assert.is(ada.hello?.kind, 'hello')
  ada.say(encodeWord('wait', room))
  assert.is(await ada.hears(), 'waiting')
  bob.say(encodeWord('visit', room))
  assert.equal([await ada.hears(), await bob.hears()], ['met', 'met'])
  ada.say(encodeCell(room, sealed(1)))
  bob.say(encodeCell(room, sealed(2)))
  const [forBob, forAda] = [await bob.next(), await ada.next()]
  assert.ok(forBob?.kind === 'cell' && forBob.sealed[0] === 1)
  assert.ok(forAda?.kind === 'cell' && forAda.sealed[500] === 2)
  bob.close()
  assert.is(await ada.hears(), 'over')
  assert.is(server.counts().rooms, 0)
})

test('a room is for two and for once: a third is refused, and whoever comes later', async () => {
  await using server = await open()
  const [ada, bob, carol, room] = [await server.call(), await server.call(), await server.call(), name()]
  carol.say(encodeWord('visit', room))
  assert.is(await carol.hears(), 'nobody')
  ada.say(encodeWord('wait', room))
  assert.is(await ada.hears(), 'waiting')
  carol.say(encodeWord('wait', room))
  assert.is(await carol.hears(), 'used')
  bob.say(encodeWord('visit', room))
  assert.is(await bob.hears(), 'met')
  for (const kind of ['visit', 'wait'] as const) {
    carol.say(encodeWord(kind, room))
    assert.is(await carol.hears(), 'used')
  }
  ada.say(encodeWord('leave', room))
  assert.is(await bob.hears(), 'over')
  for (const kind of ['wait', 'visit'] as const) {
    carol.say(encodeWord(kind, room))
    assert.is(await carol.hears(), 'used')
  }
})

test('a room lasts a minute, its name is refused for one more, then nothing is left of it', async () => {
  await using server = await open()
  const [ada, room] = [await server.call(), name()]
  ada.say(encodeWord('wait', room))
  assert.is(await ada.hears(), 'waiting')
  await server.advance(signalWire.life - 1)
  assert.is(server.counts().rooms, 1)
  await server.advance(1)
  assert.is(await ada.hears(), 'over')
  ada.say(encodeWord('wait', room))
  assert.is(await ada.hears(), 'used')
  await server.advance(limits.used - signalWire.life)
  const bob = await server.call()
  bob.say(encodeWord('visit', room))
  assert.is(await bob.hears(), 'nobody')
})

test('who waited for nobody may come back to the same room', async () => {
  await using server = await open()
  const [ada, again, room] = [await server.call(), await server.call(), name()]
  ada.say(encodeWord('wait', room))
  assert.is(await ada.hears(), 'waiting')
  ada.say(encodeWord('leave', room))
  // Answered in order: by then the first has left.
  ada.say(encodeWord('visit', room))
  assert.is(await ada.hears(), 'nobody')
  again.say(encodeWord('wait', room))
  assert.is(await again.hears(), 'waiting')
})

test('who says what is no message, speaks where there is no room, or says too much loses the socket, and nobody else does', async () => {
  await using server = await open()
  const [honest, waiting] = [await server.call(), name()]
  honest.say(encodeWord('wait', waiting))
  assert.is(await honest.hears(), 'waiting')
  const junk = [
    'hello',
    new Uint8Array(0),
    new Uint8Array(47),
    new Uint8Array(48),
    encodeWord('wait').subarray(0, 47),
    encodeWord('hello'),
    new Uint8Array(1_025),
    encodeCell(name(), sealed(0)),
    encodeCell(waiting, sealed(0)),
  ]
  for (const one of junk) {
    const caller = await server.call()
    caller.say(one)
    await caller.closed
  }
  const [ada, bob, room] = [await server.call(), await server.call(), name()]
  ada.say(encodeWord('wait', room))
  bob.say(encodeWord('visit', room))
  for (let count = 0; count <= signalWire.cells; count++) ada.say(encodeCell(room, sealed(count)))
  await ada.closed
  honest.say(encodeWord('leave', waiting))
  honest.say(encodeWord('visit', waiting))
  assert.is(await honest.hears(), 'nobody')
})

test('a flood from one address is refused, then shown out, and others come in meanwhile', async () => {
  await using server = await open()
  const flood = await server.call('127.0.0.2')
  const names = Array.from({ length: limits.roomsOfSocket + limits.refusalsOfSocket + 2 }, name)
  for (const room of names) flood.say(encodeWord('wait', room))
  const honest = await server.call('127.0.0.3')
  const room = name()
  honest.say(encodeWord('wait', room))
  assert.is(await honest.hears(), 'waiting')
  await flood.closed
  const heard = { waiting: 0, refused: 0 }
  for (let kind = await flood.hears(); kind !== 'closed'; kind = await flood.hears()) heard[kind === 'waiting' ? kind : 'refused']++
  assert.is(heard.waiting, limits.roomsOfSocket)
  assert.ok(heard.refused <= limits.refusalsOfSocket, String(heard.refused))
  assert.is(server.counts().rooms, 1)
})

test('an address enters no more than its share, whatever sockets it uses; the share grows back', () => {
  const now = { at: 0 }
  const callers = createCallers({ monotonic: () => now.at })
  const enters = (address: string, times: number) =>
    Array.from({ length: times }, () => callers.mayEnter(address)).filter(Boolean).length
  const { atOnce, perSecond } = limits.entries
  assert.is(enters('192.0.2.1', atOnce + 50), atOnce)
  assert.is(enters('192.0.2.2', 1), 1)
  now.at += 1_000
  assert.is(enters('192.0.2.1', 50), perSecond)
  // One household has a whole /64; the same address may be written in two ways.
  assert.is(enters('2001:db8::1', atOnce) + enters('2001:db8:0:0:ffff::2', atOnce), atOnce)
  assert.is(enters('2001:db8:0:1::1', 1), 1)
  assert.is(enters('::ffff:192.0.2.1', 1), 0)
})

test('one address opens so many sockets and no more; others still come', async () => {
  await using server = await open()
  const many = await Promise.all(Array.from({ length: limits.socketsOfAddress }, () => server.call('127.0.0.2')))
  const late = await server.call('127.0.0.2')
  assert.is(late.hello, undefined)
  assert.is((await server.call('127.0.0.3')).hello?.kind, 'hello')
  many[0]!.close()
  await many[0]!.closed
  let again = await server.call('127.0.0.2')
  while (again.hello === undefined) again = await server.call('127.0.0.2')
  assert.is(again.hello.kind, 'hello')
})

test('behind a proxy it is the caller of the proxy who counts, by its last word', async () => {
  await using server = await open({ behindProxy: true })
  const from = (address: string) => server.call('127.0.0.1', { 'x-forwarded-for': `10.0.0.1, ${address}` })
  await Promise.all(Array.from({ length: limits.socketsOfAddress }, () => from('192.0.2.1')))
  assert.is((await from('192.0.2.1')).hello, undefined)
  assert.is((await from('192.0.2.2')).hello?.kind, 'hello')
})

test('a socket in which nobody is in a room is closed after a while', async () => {
  await using server = await open()
  const [idle, waiting] = [await server.call(), await server.call()]
  waiting.say(encodeWord('wait', name()))
  assert.is(await waiting.hears(), 'waiting')
  await server.advance(limits.idle)
  await idle.closed
  assert.is(server.counts().sockets, 1)
})

test('whatever is no wish for such a socket gets nothing, and the slow are not waited for', async () => {
  await using server = await open()
  const [response] = (await once(get(`http://127.0.0.1:${server.port}/`), 'response')) as [IncomingMessage]
  assert.is(response.statusCode, 426)
  response.resume()
  const other = new WebSocket(`ws://127.0.0.1:${server.port}`, 'something-else')
  await once(other, 'error')
  const slow = connect(server.port, '127.0.0.1')
  slow.on('error', () => undefined)
  slow.write('GET / HTTP/1.1\r\nHost: x\r\nUpgrade: web')
  slow.resume()
  await once(slow, 'close')
  assert.is(server.counts().sockets, 0)
})

test.run()
