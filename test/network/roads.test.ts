import { definePlugin, isPalabreError, PalabreError, text } from '@palabre/sdk'
import type { Link } from '@palabre/sdk/contract/link'
import { Nat } from '@palabre/sdk/contract/nat'
import { lookupBy, Resolver, type Names } from '@palabre/sdk/contract/resolver'
import { Transport } from '@palabre/sdk/contract/transport'
import { Upgrade } from '@palabre/sdk/contract/upgrade'
import { testPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { codeOf } from './code-of.ts'
import { openNode, type TestNode } from './nodes.ts'

const arrival = async (node: TestNode, number = 0) => {
  await node.happened(() => node.events.filter(({ kind }) => kind === 'link-opened').length > number)
  return (node.events.filter(({ kind }) => kind === 'link-opened')[number] as { link: Link }).link
}

const changed = (node: TestNode, what: (path: Link['path']) => boolean) =>
  node.happened((event) => event.kind === 'link-changed' && event.change.state === 'up' && what(event.change.path))

const namesTcp = (address: string) => address.includes('/tcp/') && !address.includes('/ws')

test('switching a transport off closes its listener and links; on again it listens and announces anew', async () => {
  await using a = await openNode()
  await using b = await openNode()
  const link = await a.network.dial(b.network.addresses())
  const there = await arrival(b)
  const [address] = b.network.addresses()
  await b.kernel.plugins.disable('transport-tcp')
  const [mine, theirs] = await Promise.all([link.closed, there.closed])
  assert.ok(mine.orderly && theirs.orderly, JSON.stringify([mine, theirs]))
  assert.equal(b.network.addresses(), [])
  assert.is(await codeOf(a.network.dial(address!)), 'unreachable')
  await b.kernel.plugins.enable('transport-tcp')
  await b.network.ready()
  assert.is(b.network.addresses().length, 1)
  await b.happened((event) => event.kind === 'addresses-changed' && event.addresses[0] === b.network.addresses()[0])
  assert.is((await a.network.dial(b.network.addresses())).peer, b.network.self)
})

test('when its transport goes, a link moves to another road in the middle of a talk and loses nothing', async () => {
  await using a = await openNode({ roads: ['tcp', 'websocket'] })
  await using b = await openNode({ roads: ['tcp', 'websocket'] })
  const link = await a.network.dial(b.network.addresses())
  const there = await arrival(b)
  assert.is(link.path.transport, 'tcp')
  const frames = 2_000
  const writing = (async () => {
    for (let i = 0; i < frames; i++) await link.send(new Uint8Array(Uint32Array.of(i).buffer))
    await link.flush()
  })()
  let next = 0
  for await (const frame of there.frames) {
    assert.is(new Uint32Array(frame.slice().buffer)[0], next++)
    if (next === 500) void a.kernel.plugins.disable('transport-tcp')
    if (next === frames) break
  }
  await writing
  await changed(a, ({ transport }) => transport === 'websocket')
  assert.is(link.state, 'up')
})

test('the nearest and best road wins, and the one that worked last goes first', async () => {
  await using a = await openNode({ roads: ['websocket', 'tcp'] })
  await using b = await openNode({ roads: ['websocket', 'tcp'] })
  const first = await a.network.dial(b.network.addresses())
  assert.is(first.path.transport, 'tcp')
  await first.close()
  await a.kernel.plugins.disable('transport-tcp')
  const second = await a.network.dial(b.network.self)
  assert.is(second.path.transport, 'websocket')
  await second.close()
  await a.kernel.plugins.enable('transport-tcp')
  await a.network.ready()
  const third = await a.network.dial(b.network.self)
  assert.is(third.path.transport, 'websocket')
})

test('rotating takes a new id: links end in good order, the same roads listen, the new id is reached', async () => {
  await using a = await openNode()
  await using b = await openNode()
  const before = b.network.self
  const link = await a.network.dial(b.network.addresses())
  assert.is(await b.network.rotate(), b.network.self)
  assert.ok((await link.closed).orderly)
  assert.is.not(b.network.self, before)
  assert.ok(b.network.addresses().every((one) => one.endsWith(b.network.self)) && b.network.addresses().length === 1)
  assert.is((await a.network.dial(b.network.addresses())).peer, b.network.self)
  // Its port was forgotten with it; when the system gives it out again, somebody else answers.
  assert.ok(['unreachable', 'peer-unknown'].includes((await codeOf(a.network.dial(before)))!))
})

function resolverPlugin(asked: string[], answers: Record<string, string[]>) {
  const resolver: Resolver = {
    name: 'test',
    rank: 0,
    async addresses(host) {
      asked.push(host)
      return (answers[host] ?? []).map((address) => ({ address, family: 4 as const }))
    },
    async texts(name) {
      asked.push(name)
      return answers[name] ?? []
    },
  }
  return testPlugin('resolver-test', definePlugin({ provides: { resolver: Resolver }, start: () => ({ resolver }) }))
}

test('names are looked up by the resolver, and by nobody when none is on', async () => {
  const asked: string[] = []
  await using b = await openNode()
  const [, port] = /\/tcp\/(\d+)/.exec(b.network.addresses()[0]!)!
  const listed = { '_dnsaddr.nodes.test': [`dnsaddr=/dns4/b.test/tcp/${port}/p2p/${b.network.self}`, 'other'] }
  await using a = await openNode({ plugins: [resolverPlugin(asked, { 'b.test': ['127.0.0.1'], ...listed })] })
  const link = await a.network.dial(`/dns4/b.test/tcp/${port}`)
  assert.is(link.peer, b.network.self)
  assert.is(link.path.address, `/ip4/127.0.0.1/tcp/${port}/p2p/${b.network.self}`)
  await link.close()
  const again = await a.network.dial('/dnsaddr/nodes.test')
  assert.is(again.peer, b.network.self)
  assert.equal(asked, ['b.test', '_dnsaddr.nodes.test', 'b.test'])
  await again.close()
  assert.is(await codeOf(a.network.dial('/dns4/nothing.test/tcp/1')), 'peer-unknown')
  await a.kernel.plugins.disable('resolver-test')
  assert.is(await codeOf(a.network.dial(`/dns4/b.test/tcp/${port}`)), 'switched-off')
  // This machine needs no resolver.
  assert.is((await a.network.dial(`/dns4/localhost/tcp/${port}`)).peer, b.network.self)
})

test('when resolvers fail, the reason says which name and which of them, alone or beside roads that failed otherwise', async () => {
  const failing = (name: string, error: Error): Resolver => ({
    name,
    rank: 0,
    addresses: () => Promise.reject(error),
    texts: () => Promise.reject(error),
  })
  const todo = text('Ask again at noon.', 'Redemandez à midi.')
  const resolvers = [
    failing('first', new Error('down')),
    failing('second', new PalabreError('timed-out', text('all asleep', 'tous endormis'), { todo })),
  ].map((resolver) =>
    testPlugin(`resolver-${resolver.name}`, definePlugin({ provides: { resolver: Resolver }, start: () => ({ resolver }) })),
  )
  await using a = await openNode({ plugins: resolvers })
  const told = async (target: string | readonly string[]) => {
    const error: unknown = await a.network.dial(target).catch((reason: unknown) => reason)
    assert.ok(isPalabreError(error), String(error))
    return error
  }
  const reason = 'the name b.test could not be looked up (first: down, second: all asleep)'
  const alone = await told('/dns4/b.test/tcp/1')
  assert.equal([alone.code, alone.text.en, alone.todo], ['timed-out', reason, todo])
  assert.match(alone.text.fr, 'le nom b.test n’a pas pu être cherché (first : down, second : tous endormis)')
  const beside = await told(['/ip4/127.0.0.1/tcp/1', '/dns4/b.test/tcp/1'])
  assert.is(beside.code, 'unreachable')
  assert.match(beside.text.en, `cannot be reached: ${reason}`)
  assert.is(beside.todo, todo)
})

test('transports are lent the same names', async () => {
  const asked: string[] = []
  let lent: Names | undefined
  const spy: Transport = {
    name: 'spy',
    create(components, names) {
      lent = names
      return {
        [Symbol.toStringTag]: 'spy',
        dial: () => Promise.reject(components),
        createListener: () => undefined as never,
        listenFilter: () => [],
        dialFilter: () => [],
      } as never
    },
    listen: [],
    makes: 'direct',
    rank: 1,
  }
  const plugin = testPlugin(
    'transport-spy',
    definePlugin({ provides: { transport: Transport }, start: () => ({ transport: spy }) }),
  )
  await using _a = await openNode({ plugins: [plugin, resolverPlugin(asked, { 'b.test': ['192.0.2.1', '192.0.2.2'] })] })
  const looked = (all: boolean) => new Promise((resolve) => lookupBy(lent!)('b.test', { all }, (...said) => resolve(said)))
  assert.equal(await looked(false), [null, '192.0.2.1', 4])
  assert.equal(await looked(true), [
    null,
    [
      { address: '192.0.2.1', family: 4 },
      { address: '192.0.2.2', family: 4 },
    ],
  ])
})

test('addresses gained at a router are announced, and withdrawn with the helper that gained them', async () => {
  let seen: readonly string[] = []
  const nat: Nat = {
    name: 'test',
    async *map({ listening, signal }) {
      seen = listening()
      yield ['/ip4/203.0.113.7/tcp/4001', 'nonsense']
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
    },
  }
  await using a = await openNode({
    plugins: [testPlugin('nat-test', definePlugin({ provides: { nat: Nat }, start: () => ({ nat }) }))],
  })
  const gained = `/ip4/203.0.113.7/tcp/4001/p2p/${a.network.self}`
  await a.happened((event) => event.kind === 'addresses-changed' && event.addresses.includes(gained))
  assert.equal(seen.length <= 1, true)
  assert.is(a.network.addresses().length, 2)
  await a.kernel.plugins.disable('nat-test')
  assert.is(a.network.addresses().includes(gained), false)
})

/** Memory, taken for a way through somebody else. */
const relayedRoad = (real: Transport): Transport => ({ ...real, makes: 'relayed' })

test('a relayed link asks the upgrades, with pauses, until a better road stands; then it moves and they rest', async () => {
  const tries: boolean[] = []
  const tcpOfB: { address?: string } = {}
  const upgrade: Upgrade = {
    name: 'test',
    rank: 0,
    create: () => ({
      async upgrade({ opener, dial, peer, connection }) {
        assert.is(connection.remotePeer.toString(), peer)
        tries.push(opener)
        if (tries.length === 1) throw new Error('not yet')
        await dial(tcpOfB.address!)
        return true
      },
    }),
  }
  const plugins = [testPlugin('upgrade-test', definePlugin({ provides: { upgrade: Upgrade }, start: () => ({ upgrade }) }))]
  const { plugin: memory } = await import('@palabre/transport-memory')
  const lender = async (listen: string[]) => {
    const started = await memory.start({} as never, { config: { listen } } as never)
    const transport = relayedRoad((started as { transport: Transport }).transport)
    return testPlugin('transport-relayed', definePlugin({ provides: { transport: Transport }, start: () => ({ transport }) }))
  }
  await using a = await openNode({ plugins: [await lender([]), ...plugins] })
  await using b = await openNode({ plugins: [await lender(['/memory/relay'])] })
  tcpOfB.address = b.network.addresses().find(namesTcp)!.replace(`/p2p/${b.network.self}`, '')
  const link = await a.network.dial(b.network.addresses().filter((one) => one.startsWith('/memory')))
  assert.is(link.path.kind, 'relayed')
  await changed(a, ({ kind, transport }) => kind === 'lan' && transport === 'tcp')
  assert.equal(tries, [true, true])
  assert.is((await arrival(b)).path.transport, 'tcp')
})

test.run()
