import type { Log } from '@palabre/sdk/contract/log'
import { fakeClock, startTestHost } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openRouter, type RouterOptions } from './router-for-tests.ts'
import { upnp } from './upnp.ts'

const log = { info() {}, warn() {}, debug() {} } as unknown as Log
const tcp = '/ip4/127.0.0.1/tcp/4001'

function open(search: { address: string; port: number }, listening: readonly string[] = [tcp]) {
  const clock = fakeClock()
  const stop = new AbortController()
  const watchers = new Set<() => void>()
  let now = listening
  const node = {
    listening: () => now,
    watch: (fn: () => void) => {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
    signal: stop.signal,
  }
  const rows = upnp({ lifetime: 1_200, every: 60_000, clock, log, search }).map(node)[Symbol.asyncIterator]()
  return {
    clock,
    stop,
    rows,
    watchers,
    listen(next: readonly string[]) {
      now = next
      for (const fn of watchers) fn()
    },
    /** Time passes until the next row or the end. */
    async next() {
      let over = false
      const row = rows.next().finally(() => (over = true))
      while (!over) {
        await clock.advance(1_000)
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
      return row
    },
  }
}

for (const version of [1, 2] as const) {
  test(`it maps what listens at a router of version ${version}, tells where that leads, and gives it back at the end`, async () => {
    await using router = await openRouter({ version })
    const quic = '/ip4/127.0.0.1/udp/4001/quic-v1'
    const node = open(router.search, [tcp, `${tcp}/ws`, quic, '/ip4/10.9.9.9/tcp/1', '/ip6/::1/tcp/4001'])
    const { value } = await node.next()
    assert.equal(value, ['/ip4/9.9.9.9/tcp/4001', '/ip4/9.9.9.9/tcp/4001/ws', '/ip4/9.9.9.9/udp/4001/quic-v1'])
    assert.equal(
      [...router.mapped],
      [
        ['TCP 4001', '127.0.0.1:4001'],
        ['UDP 4001', '127.0.0.1:4001'],
      ],
    )
    node.stop.abort()
    assert.is((await node.next()).done, true)
    assert.is(router.mapped.size, 0)
    assert.is(node.watchers.size, 0)
    assert.is(node.clock.waiting, 0)
  })
}

test('it follows ports that change', async () => {
  await using router = await openRouter()
  const node = open(router.search)
  await node.next()
  const next = node.next()
  node.listen(['/ip4/127.0.0.1/tcp/4002'])
  assert.equal((await next).value, ['/ip4/9.9.9.9/tcp/4002'])
  assert.equal([...router.mapped.keys()], ['TCP 4002'])
  node.stop.abort()
  await node.next()
})

test('it renews before the time is over, without telling the same twice', async () => {
  await using router = await openRouter()
  const node = open(router.search)
  await node.next()
  const end = node.next()
  while (router.heard.filter((one) => one === 'AddPortMapping TCP 4001 1200').length < 3)
    await new Promise((resolve) => setTimeout(resolve, 1))
  node.stop.abort()
  assert.is((await end).done, true)
})

test('a port that is taken is mapped from another, and a router that knows no time gets none', async () => {
  await using router = await openRouter({ refuse: (port, lease) => (lease !== 0 ? 725 : port === 4001 ? 718 : undefined) })
  const node = open(router.search)
  const { value = [] } = await node.next()
  assert.match(value[0] ?? '', /^\/ip4\/9\.9\.9\.9\/tcp\/\d+$/)
  assert.is.not(value[0], '/ip4/9.9.9.9/tcp/4001')
  assert.equal([...router.mapped.values()], ['127.0.0.1:4001'])
  node.stop.abort()
  await node.next()
  assert.is(router.mapped.size, 0)
})

const nothing: Record<string, RouterOptions> = {
  refuses: { refuse: () => 606 },
  'stands behind another one': { external: '192.168.1.7' },
  'sends us to somebody else': { location: 'http://127.0.0.2:1/igd.xml' },
  'has no description': { location: 'http://127.0.0.1:1/igd.xml' },
}

for (const [what, options] of Object.entries(nothing)) {
  test(`a router that ${what} is asked again later, and nothing is told`, async () => {
    await using router = await openRouter(options)
    const node = open(router.search)
    const end = node.next()
    while (router.searched.count < 2) await new Promise((resolve) => setTimeout(resolve, 1))
    node.stop.abort()
    assert.equal(await end, { value: undefined, done: true })
    assert.is(router.mapped.size, 0)
  })
}

test('as a plugin it asks nobody until the network wants ports mapped', async () => {
  await using host = await startTestHost({ plugins: [import.meta.dirname] })
  assert.is(host.plugins.why('nat-upnp').plugin.state, 'running')
})

test.run()
