import { definePlugin } from '@palabre/sdk'
import { proveAll } from '@palabre/sdk/conformance/law'
import { signalLaws, type SignalSubject } from '@palabre/sdk/conformance/signal'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import type { Names } from '@palabre/sdk/contract/resolver'
import { Signal, type Meeting } from '@palabre/sdk/contract/signal'
import { SignalServer } from '@palabre/sdk/contract/signal-server'
import { decodeSignal, encodeWord, signalWire } from '@palabre/sdk/contract/signal-wire'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { WebSocketServer, type WebSocket } from 'ws'

const names: Names = { addresses: () => Promise.reject(new Error('no names here')), texts: async () => [] }
const secret = () => crypto.getRandomValues(new Uint8Array(32))

async function until(isSo: () => boolean): Promise<void> {
  const late = AbortSignal.timeout(20_000)
  while (!isSo()) await sleep(5, undefined, { signal: late })
}

async function startServer() {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-signal-'))
  const place = definePlugin({
    provides: { folder: ProfileFolder },
    start: () => ({ folder: { file: (name: string) => join(folder, name) } }),
  })
  const host = await startTestHost({
    plugins: [join(import.meta.dirname, '../signal-server'), testPlugin('profile-folder-here', place)],
    config: { 'signal-server': { host: '127.0.0.1' } },
    lend: { server: SignalServer },
    besideOthers: true,
  })
  return {
    url: host.lent.server.addresses(['127.0.0.1'])[0]!,
    counts: () => host.lent.server.counts(),
    /** Both clocks of the server's machine. */
    advance: (ms: number) => host.clock.advance(ms),
    stop: () => host.stop(),
    async [Symbol.asyncDispose]() {
      await host.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function startGuest(...servers: string[]) {
  const held: { signal?: Signal } = {}
  const hands = definePlugin({
    needs: { signals: Signal },
    start: ({ signals }) => signals.watch((signal) => void (held.signal = signal)),
  })
  const host = await startTestHost({
    plugins: [import.meta.dirname, join(import.meta.dirname, '../primitives-node'), testPlugin('hands', hands)],
    config: { 'signal-room': { servers } },
    besideOthers: true,
  })
  return { signal: held.signal!, clock: host.clock, log: host.log, [Symbol.asyncDispose]: () => host.stop() }
}

proveAll(test, signalLaws, async () => {
  const server = await startServer()
  const [waiter, visitor] = await Promise.all([startGuest(server.url), startGuest()])
  const subject: SignalSubject = {
    waiter: waiter.signal,
    visitor: visitor.signal,
    names,
    secret,
    waitedFor: (secrets) => until(() => server.counts().rooms >= secrets),
    cut: () => server.stop(),
  }
  return {
    subject,
    async close() {
      for (const one of [waiter, visitor, server]) await one[Symbol.asyncDispose]()
    },
  }
})

test('the socket of a waiter closes with the last waiting, and that of a visitor with the meeting', async () => {
  await using server = await startServer()
  await using guest = await startGuest(server.url)
  await using other = await startGuest()
  const shared = secret()
  const came = Promise.withResolvers<Meeting>()
  const waiting = guest.signal.wait(shared, came.resolve, { names })
  const another = guest.signal.wait(secret(), () => undefined, { names })
  await until(() => server.counts().rooms >= 2)
  const there = await other.signal.visit(guest.signal.places[0]!, shared, { names })!
  const here = await came.promise
  assert.is(server.counts().sockets, 2)
  waiting[Symbol.dispose]()
  another[Symbol.dispose]()
  here.send(new Uint8Array(3))
  for await (const bytes of there.bytes) {
    assert.is(bytes.length, 3)
    break
  }
  here.close()
  await until(() => server.counts().sockets === 0)
  assert.is(server.counts().rooms, 0)
})

test('who waits goes on from room to room, and clocks that differ by minutes find the same one', async () => {
  await using server = await startServer()
  await using guest = await startGuest(server.url)
  await using other = await startGuest()
  await other.clock.advance(7 * 60_000)
  const shared = secret()
  let met = 0
  using _waiting = guest.signal.wait(shared, (meeting) => (met++, meeting.close()), { names })
  await until(() => server.counts().rooms >= 1)
  for (let turn = 0; turn < 3; turn++) {
    const there = await other.signal.visit(guest.signal.places[0]!, shared, { names })!
    await until(() => met === turn + 1)
    there.close()
    for (const one of [server, guest.clock, other.clock]) await one.advance(45_000)
    // The room of this turn beside the last one that nobody came to, which is not over yet.
    await until(() => server.counts().rooms >= 2)
  }
})

test('of several servers one that answers is enough, and one that went and came back is waited at again', async () => {
  const gone = await startServer()
  await gone[Symbol.asyncDispose]()
  await using server = await startServer()
  await using guest = await startGuest(gone.url, server.url)
  await using other = await startGuest()
  const shared = secret()
  using _waiting = guest.signal.wait(shared, (meeting) => meeting.close(), { names })
  await until(() => server.counts().rooms >= 1)
  assert.is(guest.signal.places.length, 2)
  const [bad, good] = guest.signal.places.map((place) => other.signal.visit(place, shared, { names })!)
  assert.is(await codeOf(bad!), 'unreachable')
  ;(await good!).close()
})

/** A server that says what the test wants it to say. */
async function hostileServer(
  answer: (socket: WebSocket, bytes: Uint8Array) => void,
  hello = () => encodeWord('hello', undefined, 0),
) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  server.on('connection', (socket) => {
    socket.send(hello())
    socket.on('message', (bytes: Buffer) => answer(socket, bytes))
  })
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const one of server.clients) one.terminate()
      server.close()
      await once(server, 'close')
    },
  }
}

const codeOf = (running: Promise<unknown>) =>
  running.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? 'an error without a code',
  )

async function visits(url: string, guest: Awaited<ReturnType<typeof startGuest>>): Promise<Meeting> {
  const { port } = new URL(url)
  return guest.signal.visit(`/ip4/127.0.0.1/tcp/${port}/http`, secret(), { names })!
}

test('a server that speaks otherwise, or lies about the time by more than minutes, is refused', async () => {
  await using guest = await startGuest()
  await using talker = await hostileServer(
    () => undefined,
    () => new Uint8Array(47),
  )
  assert.is(await codeOf(visits(talker.url, guest)), 'peer-misbehaved')
  await using liar = await hostileServer(
    () => undefined,
    () => encodeWord('hello', undefined, guest.clock.now() + 11 * 60_000),
  )
  assert.is(await codeOf(visits(liar.url, guest)), 'peer-misbehaved')
})

test('what a server makes up, alters, repeats or holds back is not taken for what was said', async () => {
  await using guest = await startGuest()
  const now = () => encodeWord('hello', undefined, guest.clock.now())
  await using echo = await hostileServer((socket, bytes) => {
    const message = decodeSignal(new Uint8Array(bytes))
    if (message?.kind === 'visit') socket.send(encodeWord('met', message.room))
    // What the visitor said comes back to it: sealed with its own key, and for the other direction.
    if (message?.kind === 'cell') socket.send(bytes)
  }, now)
  const meeting = await visits(echo.url, guest)
  meeting.send(new Uint8Array(10))
  const reading = (async () => {
    for await (const bytes of meeting.bytes) assert.unreachable(`read ${bytes.length} bytes`)
  })()
  assert.is(await codeOf(reading), 'peer-misbehaved')
  assert.is(signalWire.cell, 1_024)
})

test('a server that lets nobody in is told so', async () => {
  await using guest = await startGuest()
  for (const [reason, code] of [
    [0, 'peer-unknown'],
    [2, 'denied'],
    [3, 'denied'],
    // Used: again and again until there is none left of this turn.
    [1, 'peer-unknown'],
  ] as const) {
    await using server = await hostileServer(
      (socket, bytes) => socket.send(encodeWord('refused', new Uint8Array(bytes).subarray(1, 33), reason)),
      () => encodeWord('hello', undefined, guest.clock.now()),
    )
    assert.is(await codeOf(visits(server.url, guest)), code)
  }
})

test.run()
