import { definePlugin, token } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { createServer } from 'node:net'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { startTestHost } from './test-host.ts'
import { testPlugin } from './test-plugin.ts'

test('a timer past the scope fails the test and names the line that set it', async () => {
  for (const leak of [() => setTimeout(() => {}, 1_000_000), () => setInterval(() => {}, 1_000_000)]) {
    const host = await startTestHost({ plugins: [testPlugin('leaky', definePlugin({ start: () => void leak() }))], seed: 5 })
    const error = await host.stop().catch((thrown: Error) => thrown)
    assert.ok(error instanceof Error)
    assert.match((error as Error).message, /left behind \(seed 5\):\n {2}a timer made at .*test-host\.test\.ts:\d+/)
  }
})

test('a timer that has run, was cleared or was disposed of is no leak', async () => {
  const tidy = testPlugin(
    'tidy',
    definePlugin({
      async start() {
        clearTimeout(setTimeout(() => {}, 1_000_000))
        clearInterval(Number(setInterval(() => {}, 1_000_000)))
        setTimeout(() => {}, 1_000_000)[Symbol.dispose]()
        await new Promise((resolve) => setTimeout(resolve, 1))
      },
    }),
  )
  const host = await startTestHost({ plugins: [tidy] })
  await host.stop()
})

test('an open socket fails the test and names the line that opened it', async () => {
  const servers: ReturnType<typeof createServer>[] = []
  const leaky = testPlugin(
    'leaky',
    definePlugin({
      async start() {
        const server = createServer()
        servers.push(server)
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      },
    }),
  )
  const host = await startTestHost({ plugins: [leaky] })
  const error = await host.stop().catch((thrown: Error) => thrown)
  servers[0]!.close()
  assert.ok(error instanceof Error)
  assert.match((error as Error).message, /an open TCPServerWrap made at .*test-host\.test\.ts:\d+/)
})

test('a socket that is closed when the plugin stops is no leak', async () => {
  const tidy = testPlugin(
    'tidy',
    definePlugin({
      async start(_, scope) {
        const server = scope.use(createServer())
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      },
    }),
  )
  const host = await startTestHost({ plugins: [tidy] })
  await host.stop()
})

test('after the test the timers are the language’s own again, also when the host could not be made', async () => {
  const before = [setTimeout, setInterval, clearTimeout, clearInterval]
  const host = await startTestHost({ plugins: [] })
  assert.is.not(setTimeout, before[0])
  await host.stop()
  const failing = [
    startTestHost({ plugins: [], bindings: { x: 'nobody' } }),
    startTestHost({ plugins: [], lend: { missing: token<string>('missing') } }),
  ]
  const [binding, missing] = await Promise.all(
    failing.map((made) =>
      made.then(
        () => '',
        (error: Error) => error.message,
      ),
    ),
  )
  assert.match(binding!, 'there is no plugin "nobody"')
  assert.match(missing!, 'the test host cannot lend what the test asks for: test-hands needs missing@1')
  assert.equal(
    [setTimeout, setInterval, clearTimeout, clearInterval].map((fn, i) => fn === before[i]),
    [true, true, true, true],
  )
})

test('plugins are given the clock that the test moves', async () => {
  const woken: number[] = []
  const sleeper = testPlugin(
    'sleeper',
    definePlugin({
      needs: { clock: Clock },
      start: ({ clock }) => void clock.sleep(1000).then(() => woken.push(clock.monotonic())),
    }),
  )
  await using host = await startTestHost({ plugins: [sleeper], lend: { clock: Clock } })
  await host.clock.advance(999)
  assert.equal(woken, [])
  await host.clock.advance(1)
  assert.equal(woken, [1000])
  assert.is(host.lent.clock.now(), host.clock.now())
})

test('what plugins say can be read', async () => {
  const talker = testPlugin('talker', definePlugin({ start: (_, { log }) => log.warn('hello', { a: 1 }) }))
  await using host = await startTestHost({ plugins: [talker] })
  assert.ok(host.log.some(({ plugin, message, fields }) => plugin === 'talker' && message === 'hello' && fields['a'] === 1))
})

test.run()
