import { definePlugin, isPalabreError } from '@palabre/sdk'
import type { Link, Path } from '@palabre/sdk/contract/link'
import { Network, type KnownPeer, type NetworkEvent } from '@palabre/sdk/contract/network'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const path: Path = {
  kind: 'relayed',
  transport: 'relay',
  address: '/ip4/192.0.2.1/tcp/1',
  since: 0,
  channel: 'noise',
  hops: [{ peer: 'R', address: '' }],
}

const traffic = { sent: 1_500, received: 20 }

/** A network on paper: what it answers is the test's to say. */
async function openHost() {
  const watchers = new Set<(event: NetworkEvent) => void>()
  const known: KnownPeer[] = []
  const said = { discovering: 0, closed: 0, rtts: 0 }
  const link = {
    peer: 'bruno',
    path,
    traffic,
    roundTrips: [{ at: 0, ms: 12.34 }],
    rtt: async () => ++said.rtts + 0.12345,
    close: async () => void said.closed++,
  } as unknown as Link
  const network = {
    self: 'anna',
    addresses: () => ['/ip4/192.0.2.2/tcp/2/p2p/anna'],
    ready: async () => undefined,
    links: () => [link],
    dial: async () => link,
    peers: () => known,
    startDiscovery: () => void said.discovering++,
    watch(fn: (event: NetworkEvent) => void) {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
  } as unknown as Network
  const paper = testPlugin('network-paper', definePlugin({ provides: { network: Network }, start: () => ({ network }) }))
  const host = await startTestHost({ plugins: [import.meta.dirname, paper] })
  const emit = (event: NetworkEvent) => watchers.forEach((fn) => fn(event))
  return { host, said, known, emit, watchers, [Symbol.asyncDispose]: () => host.stop() }
}

async function codeOf(run: Promise<unknown>): Promise<string | undefined> {
  return run.then(
    () => undefined,
    (error: unknown) => (isPalabreError(error) ? error.code : String(error)),
  )
}

test('info, under both names, in both languages', async () => {
  await using all = await openHost()
  const info = await all.host.commands.run('net.info')
  assert.equal(info.data, {
    self: 'anna',
    addresses: ['/ip4/192.0.2.2/tcp/2/p2p/anna'],
    links: [{ peer: 'bruno', path, traffic, rtt: 12.34 }],
  })
  assert.match(info.text!.en, 'Reachable at\n  /ip4/192.0.2.2')
  assert.match(info.text!.fr, 'Joignables à\n  /ip4/192.0.2.2')
  assert.match(info.text!.en, 'bruno  relayed (relay), noise, by R, 12.3 ms, sent 1.5 kB, received 20 bytes')
  assert.equal(await all.host.commands.run('net.network-info'), info)
})

test('a relayed path is told as one', async () => {
  await using all = await openHost()
  const { text } = await all.host.commands.run('net.connect', { peer: ['/ip4/192.0.2.1/tcp/1'] })
  assert.match(text!.en, 'Linked to bruno: relayed (relay)')
  assert.match(text!.fr, 'Lié à bruno : relayé (relay)')
})

test('ping counts, waits in between by the clock, and ends by itself', async () => {
  await using all = await openHost()
  const seen: unknown[] = []
  const pinging = (async () => {
    for await (const { data } of all.host.commands.stream('net.ping', { peer: ['bruno'], count: 3, interval: 1_000 }))
      seen.push(data)
  })()
  await all.host.clock.advance(999)
  assert.is(seen.length, 1)
  await all.host.clock.advance(1_001)
  await pinging
  assert.equal(
    seen,
    [1, 2, 3].map((seq) => ({ seq, rtt: seq + 0.123, peer: 'bruno', path })),
  )
})

test('discovery tells who was found before and who is found now, each event once, and lets go of the network', async () => {
  await using all = await openHost()
  all.known.push({ peer: 'carla', addresses: ['/x'], foundBy: ['mdns'] }, { peer: 'guest', addresses: [], foundBy: [] })
  const stop = new AbortController()
  const seen: unknown[] = []
  const looking = (async () => {
    for await (const { data } of all.host.commands.stream('net.start-discovery', {}, { signal: stop.signal })) {
      seen.push((data as { peer: string }).peer)
      if (seen.length === 1) all.emit({ kind: 'peer-found', peer: 'dora', addresses: ['/y'], by: 'bootstrap' })
      if (seen.length === 2) stop.abort()
    }
  })()
  await looking.catch(() => undefined)
  assert.equal(seen, ['carla', 'dora'])
  assert.is(all.said.discovering, 1)
  assert.is(all.watchers.size, 0)
})

test('disconnect closes the link there is, and says so when there is none', async () => {
  await using all = await openHost()
  await all.host.commands.run('net.disconnect', { peer: 'bruno' })
  assert.is(all.said.closed, 1)
  assert.is(await codeOf(all.host.commands.run('net.disconnect', { peer: 'carla' })), 'peer-unknown')
})

test('arguments that do not hold are refused before anything happens', async () => {
  await using all = await openHost()
  for (const args of [
    {},
    { peer: [] },
    { peer: 'bruno', count: -1 },
    { peer: ['bruno'], interval: 1 },
    { peer: ['bruno'], more: 1 },
  ])
    assert.is(await codeOf(all.host.commands.run('net.ping', args)), 'bad-argument', JSON.stringify(args))
  assert.is(all.said.rtts, 0)
})

test('the list says how each peer stands', async () => {
  await using all = await openHost()
  assert.match((await all.host.commands.run('net.list-peers')).text!.fr, 'Personne')
  all.known.push(
    { peer: 'carla', addresses: ['/x'], foundBy: ['mdns'] },
    { peer: 'bruno', addresses: [], foundBy: [], path, traffic },
  )
  const { text } = await all.host.commands.run('net.list-peers')
  assert.is(text!.en, '○  carla  found  mdns\n●  bruno  relayed (relay), noise, by R, sent 1.5 kB, received 20 bytes')
})

test.run()
