import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testSeed, seededRandom } from '@palabre/sdk/testkit'
import { openTcpFaults, type TcpFaultsOptions } from './tcp-faults.ts'

const seed = testSeed()
const million = Buffer.from(seededRandom(seed).bytes(1_000_000))

/** A server that says back what it hears, and a proxy before it. */
async function openEcho(options: Partial<TcpFaultsOptions> = {}) {
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const proxy = await openTcpFaults({ to: { port: (server.address() as AddressInfo).port }, seed, ...options })
  return {
    proxy,
    connect: () => connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => undefined),
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]()
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** However it ended. */
const closed = (socket: Socket) => new Promise<void>((resolve) => void socket.once('close', () => resolve()))

const echoed = (socket: Socket, bytes: Buffer) => {
  socket.end(bytes)
  return buffer(socket)
}

test('without faults everything passes, both halves end apart', async () => {
  await using echo = await openEcho()
  assert.ok((await echoed(echo.connect(), million)).equals(million))
  assert.is(echo.proxy.made, 1)
})

test('the same seed strikes the same bytes, and says how often', async () => {
  const runs = []
  for (let i = 0; i < 2; i++) {
    await using echo = await openEcho({ faults: { corrupt: 100_000, lose: 200_000 } })
    runs.push({ heard: await echoed(echo.connect(), million), struck: { ...echo.proxy.struck } })
  }
  assert.equal(runs[0]?.struck, runs[1]?.struck, `seed ${seed}`)
  assert.ok(runs[0]!.heard.equals(runs[1]!.heard), `seed ${seed}`)
  assert.not.ok(runs[0]!.heard.equals(million), `seed ${seed}`)
})

test('delays keep the order', async () => {
  await using echo = await openEcho({ delay: [5, 20] })
  const begun = performance.now()
  const socket = echo.connect()
  for (let i = 0; i < 20; i++) {
    socket.write(million.subarray(i * 1_000, (i + 1) * 1_000))
    await new Promise((next) => setImmediate(next))
  }
  socket.end()
  assert.ok((await buffer(socket)).equals(million.subarray(0, 20_000)))
  assert.ok(performance.now() - begun >= 10, 'five milliseconds each way')
})

test('a cut delivers what came before it and ends both sides', async () => {
  await using echo = await openEcho({ faults: { cut: 50_000 } })
  const socket = echo.connect()
  const heard: Buffer[] = []
  socket.on('data', (bytes: Buffer) => heard.push(bytes)).write(million)
  await closed(socket)
  const all = Buffer.concat(heard)
  assert.ok(all.length < million.length && all.equals(million.subarray(0, all.length)))
  assert.ok(echo.proxy.struck.cut >= 1)
  assert.is(echo.proxy.standing, 0)
})

test('cutAll ends what stands, and the next connection passes', async () => {
  await using echo = await openEcho()
  const socket = echo.connect()
  socket.write('hello')
  await once(socket, 'data')
  echo.proxy.cutAll()
  await closed(socket)
  assert.is(String(await echoed(echo.connect(), Buffer.from('again'))), 'again')
})

test('in a blackout nothing passes and nobody is told; then all of it comes', async () => {
  await using echo = await openEcho()
  const socket = echo.connect()
  socket.write('before ')
  await once(socket, 'data')
  let silent = true
  const dark = echo.proxy.blackout()
  const all = echoed(socket, Buffer.from('after'))
  socket.once('data', () => (silent = false))
  const other = echo.connect()
  await once(other, 'connect')
  other.end('during')
  // A round trip beside it takes its time; through the dark nothing has come by then.
  await using beside = await openEcho()
  await echoed(beside.connect(), million)
  assert.ok(silent)
  dark[Symbol.dispose]()
  assert.is(String(await all), 'after')
  assert.is(String(await buffer(other)), 'during')
})

test.run()
