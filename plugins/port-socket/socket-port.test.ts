import { isPalabreError, type PalabreError } from '@palabre/sdk'
import { proveAll } from '@palabre/sdk/conformance/law'
import { portLaws } from '@palabre/sdk/conformance/port'
import { portProbe } from '@palabre/sdk/conformance/port-probe'
import type { PortState } from '@palabre/sdk/contract/port'
import { startTestHost } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createPageKeys } from './page-keys.ts'
import { openSocketPort, type SocketPort } from './socket-port.ts'
import { pageAt, type TestPage } from './test-page.ts'

const loopback = new URL('../port-loopback', import.meta.url).pathname

/** Every socket that ports open here, so that a test can cut one. */
const sockets: WebSocket[] = []
globalThis.WebSocket = class extends WebSocket {
  constructor(url: string | URL) {
    super(url)
    sockets.push(this)
  }
}

async function openKernel() {
  const host = await startTestHost({ host: 'desktop', plugins: [loopback, portProbe()] })
  const ports: SocketPort[] = []
  return {
    host,
    address: async () => ((await host.commands.run('port.address')).data as { address: string }).address,
    /** The port of a page just loaded. */
    load(page: TestPage) {
      const keys = createPageKeys(page)
      keys.takeToken()
      const port = openSocketPort({ url: `ws://${page.location.host}/port`, keys, after: hurried })
      ports.push(port)
      return { port, keys }
    },
    cut: async () => void (await host.plugins.disable('port-loopback')),
    async [Symbol.asyncDispose]() {
      for (const port of ports) port[Symbol.dispose]()
      await host.stop()
    },
  }
}

/** Waits between two tries pass a hundred times faster; limits to one try do not. */
function hurried(ms: number, fn: () => void | Promise<void>): Disposable {
  const timer = setTimeout(() => void fn(), ms < 10_000 ? ms / 100 : ms)
  return { [Symbol.dispose]: () => clearTimeout(timer) }
}

const echo = (port: SocketPort) => port.run('probe.echo', { word: 'here' })

async function failure(call: Promise<unknown>): Promise<PalabreError> {
  const error = await call.then(
    () => 'nothing failed',
    (thrown: unknown) => thrown,
  )
  assert.ok(isPalabreError(error), String(error))
  return error
}

async function reached(port: SocketPort, wanted: PortState): Promise<void> {
  const there = Promise.withResolvers<void>()
  using _watch = port.watch((state) => state === wanted && there.resolve())
  if (port.state !== wanted) await there.promise
}

proveAll(test, portLaws, async () => {
  const kernel = await openKernel()
  const { port } = kernel.load(pageAt(await kernel.address()))
  return { subject: { port, cut: kernel.cut }, close: () => kernel[Symbol.asyncDispose]() }
})

test('a cut socket comes back by itself; what was under way fails, what is asked meanwhile waits', async () => {
  await using kernel = await openKernel()
  const { port } = kernel.load(pageAt(await kernel.address()))
  const states: PortState[] = []
  using _watch = port.watch((state) => void states.push(state))
  const waiting = failure(port.run('probe.wait', { name: 'cut' }))
  const reader = port.stream('probe.count', { to: 1_000_000 })[Symbol.asyncIterator]()
  assert.is((await reader.next()).value?.data, 1)
  await port.run('probe.reached', { moment: 'cut begun' })

  sockets.at(-1)!.close(4000)
  await reached(port, 'connecting')
  const asked = echo(port)
  assert.is((await waiting).code, 'closed')
  const broken = await failure(drain(reader))
  assert.is(broken.code, 'closed')
  assert.ok(broken.todo !== undefined && broken.text.fr !== broken.text.en)
  assert.equal((await asked).data, { word: 'here' })
  assert.equal(states, ['open', 'connecting', 'open'])
  await port.run('probe.reached', { moment: 'cut stopped' })
})

test('a page that reloads comes back with its session, its address clean', async () => {
  await using kernel = await openKernel()
  const page = pageAt(await kernel.address())
  const first = kernel.load(page).port
  await echo(first)
  assert.is(page.location.hash, '')
  first[Symbol.dispose]()
  assert.equal((await echo(kernel.load(page).port)).data, { word: 'here' })
})

test('an address used elsewhere is told as such, and the next one is taken at once', async () => {
  await using kernel = await openKernel()
  const address = await kernel.address()
  await echo(kernel.load(pageAt(address)).port)
  const page = pageAt(address)
  const { port, keys } = kernel.load(page)
  const error = await failure(echo(port))
  assert.is(error.code, 'closed')
  assert.match(error.text.en, 'was used before')
  assert.match(error.todo!.fr, 'npm start')
  assert.is(port.state, 'closed')

  page.location.hash = new URL(await kernel.address()).hash
  assert.ok(keys.takeToken())
  port.knock()
  assert.equal((await echo(port)).data, { word: 'here' })
})

test('a used address opened again in a page that was in leads back in', async () => {
  await using kernel = await openKernel()
  const address = await kernel.address()
  const page = pageAt(address)
  await echo(kernel.load(page).port)
  page.location.hash = new URL(address).hash
  assert.equal((await echo(kernel.load(page).port)).data, { word: 'here' })
})

test('a page opened without an address says so at once', async () => {
  await using kernel = await openKernel()
  const { origin } = new URL(await kernel.address())
  const { port } = kernel.load(pageAt(origin))
  assert.is(port.state, 'closed')
  const error = await failure(echo(port))
  assert.is(error.code, 'closed')
  assert.match(error.text.en, 'without the address')
  assert.is((await failure(port.commands())).code, 'closed')
  assert.is((await failure(drain(port.stream('probe.count', { to: 1 })[Symbol.asyncIterator]()))).code, 'closed')
})

test('a kernel that is gone is told as closed after some tries, and still looked for', async () => {
  await using kernel = await openKernel()
  const { port } = kernel.load(pageAt(await kernel.address()))
  await echo(port)
  const before = sockets.length
  await kernel.cut()
  await reached(port, 'closed')
  const tries = sockets.length - before
  assert.ok(tries >= 4, `${tries} tries`)
  assert.is((await failure(echo(port))).code, 'closed')
  while (sockets.length - before === tries) await new Promise((resolve) => setImmediate(resolve))
  assert.is(port.state, 'closed')
})

test('whoever waits for the connection can stop waiting', async () => {
  await using kernel = await openKernel()
  const { port } = kernel.load(pageAt(await kernel.address()))
  assert.is(port.state, 'connecting')
  const reason = new Error('never mind')
  const controller = new AbortController()
  const waiting = port.run('probe.echo', { word: 'x' }, { signal: controller.signal }).catch((error: unknown) => error)
  controller.abort(reason)
  assert.is(await waiting, reason)
  assert.is(await port.run('probe.echo', {}, { signal: AbortSignal.abort(reason) }).catch((error: unknown) => error), reason)
  await echo(port)
})

test('arguments that cannot cross are refused here, and nobody else notices', async () => {
  await using kernel = await openKernel()
  const { port } = kernel.load(pageAt(await kernel.address()))
  await echo(port)
  const before = sockets.length
  assert.is((await failure(port.run('probe.echo', { word: 'x'.repeat(1024 * 1024) }))).code, 'too-large')
  assert.is((await failure(port.run('probe.echo', { word: '€'.repeat(400 * 1024) }))).code, 'too-large')
  assert.is((await failure(port.run('probe.echo', { word: 1n }))).code, 'bad-argument')
  assert.is((await failure(port.run('probe.echo', JSON.parse('{"__proto__":1}') as object))).code, 'bad-argument')
  assert.is((await failure(port.run('probe.echo', []))).code, 'bad-argument')
  await port.run('probe.echo', { word: '€'.repeat(340 * 1024) })
  assert.is(sockets.length, before)
})

test('switched off, it lets go of everything', async () => {
  await using kernel = await openKernel()
  const { port } = kernel.load(pageAt(await kernel.address()))
  await echo(port)
  const waiting = failure(port.run('probe.wait', { name: 'off' }))
  await port.run('probe.reached', { moment: 'off begun' })
  port[Symbol.dispose]()
  assert.is((await waiting).code, 'closed')
  assert.is(port.state, 'closed')
  await kernel.host.commands.run('probe.reached', { moment: 'off stopped' })
})

test.run()

async function drain(reader: AsyncIterator<unknown>): Promise<void> {
  for (let next = await reader.next(); next.done !== true; next = await reader.next());
}
