import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { moveIn } from './ground/inhabitant.ts'
import { openInternet } from './ground/internet.ts'
import type { NatTestEvent } from './ground/nat-test-event.ts'
import { openMouth } from './ground/mouth.ts'
import { guestOf, openRelay } from './ground/relay.ts'
import { openWatcher } from './ground/watcher.ts'

const multicastDns = '224.0.0.251'
/** Whom resolver-doh asks as shipped: a name that a person types is looked up there, and nothing else is. */
const resolvers = ['1.1.1.1', '8.8.8.8']

test('the counters see a question to port 53 and a packet to a stranger', async () => {
  await using stack = new AsyncDisposableStack()
  const internet = stack.use(await openInternet())
  const { space } = await internet.machine('open')
  const watcher = await openWatcher(space, ['60.0.0.9'])
  const mouth = stack.use(await openMouth(space))
  await mouth.send(5000, '60.0.0.9', 53, 'who?')
  await mouth.send(5000, '60.0.0.77', 99, 'hello')
  assert.is(await watcher.questions(), 1)
  assert.equal(await watcher.strays(), { packets: 1, to: ['60.0.0.77'] })
})

test('as shipped, with nothing configured, nobody is asked and nobody is called', async () => {
  await using stack = new AsyncDisposableStack()
  const internet = stack.use(await openInternet())
  const { space } = await internet.machine('full-cone')
  const watcher = await openWatcher(space, [multicastDns])
  const running = stack.use(moveIn(space)).start('talk', 'listen')
  await running.event((event) => event.kind === 'ready' && event.addresses.length > 0)
  // The slowest thing that begins by itself is the second round of multicast DNS; a person would have typed something by then.
  await new Promise((resolve) => setTimeout(resolve, 5_000))
  assert.is(await watcher.questions(), 0)
  assert.equal(await watcher.strays(), { packets: 0, to: [] })
})

test('from relayed to direct, only the relay, the STUN server and the peer are spoken to, and a name asks no port 53', async () => {
  await using stack = new AsyncDisposableStack()
  const internet = stack.use(await openInternet())
  const [open, near, far] = [
    await internet.machine('open'),
    await internet.machine('port-restricted'),
    await internet.machine('port-restricted'),
  ]
  const operator = await openWatcher(open.space, [])
  const relay = stack.use(await openRelay(open))
  const watcher = await openWatcher(near.space, [multicastDns, ...resolvers, open.address, far.outer, far.address])
  const host = stack.use(moveIn(far.space, guestOf(relay))).start('talk', 'listen')
  const ready = await host.event((event) => event.kind === 'ready' && event.addresses.some((one) => one.includes('/p2p-circuit')))
  const caller = stack.use(moveIn(near.space, guestOf(relay)))
  const self = ready.kind === 'ready' ? ready.self : ''
  const linked = caller.start('net', 'nat-test', relay.to(self), '--count', '2', '--interval', '50')
  assert.is((await linked.process.ended).code, 0)
  assert.ok(linked.events<NatTestEvent>().some((event) => event.event === 'hole_punch' && event.success))
  // Without an id: somebody who is known would be found by another road.
  const named = caller.start('net', 'connect', '/dns4/relay.example/tcp/4001')
  assert.is.not((await named.process.ended).code, 0)
  assert.is(await operator.questions(), 0, 'nor does the relay ask who its guests are')
  assert.is(await watcher.questions(), 0)
  assert.equal(await watcher.strays(), { packets: 0, to: [] })
})

test.run()
