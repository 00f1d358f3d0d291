import { spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { discoveryLaws } from '@palabre/sdk/conformance/discovery'
import { proveAll } from '@palabre/sdk/conformance/law'
import type { Log } from '@palabre/sdk/contract/log'
import { startTestHost } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { localNetwork } from './local-network.ts'

/**
 * Multicast leaves the machine, so the laws are proved in a network namespace of their own, where nobody else hears: this file
 * runs itself anew in there.
 */
const inside = process.env['PALABRE_TEST_LAN'] === 'yes'
const quiet = { debug() {}, warn() {} } as unknown as Log

async function newPeer(): Promise<string> {
  return peerIdFromPrivateKey(await generateKeyPair('Ed25519')).toString()
}

if (inside) {
  proveAll(test, discoveryLaws, async () => {
    const [self, peer] = [await newPeer(), await newPeer()]
    const stop = new AbortController()
    let where: readonly string[] = []
    let running: Promise<void> | undefined
    const subject = {
      discovery: localNetwork({ announce: true, every: 50, log: quiet }),
      node: { self, addresses: () => [], components: {} },
      async appear(addresses: readonly string[]) {
        where = addresses
        const node = { self: peer, addresses: () => where.map((one) => `${one}/p2p/${peer}`), components: {}, signal: stop.signal }
        running ??= drain(localNetwork({ announce: true, every: 50, log: quiet }).find(node))
        return peer
      },
      async litter() {
        const socket = createSocket('udp4')
        const say = (bytes: Uint8Array) =>
          new Promise<void>((resolve, reject) => {
            socket.send(bytes, 5353, '224.0.0.251', (error) => (error === null ? resolve() : reject(error)))
          })
        await say(new Uint8Array(0))
        await say(new Uint8Array(600).fill(0xff))
        await say(answer('dnsaddr=not an address'))
        await say(answer('dnsaddr=/ip4/127.0.0.1/tcp/1'))
        await say(answer('dnsaddr=/ip4/127.0.0.1/tcp/1/p2p/12D3KooWnobody'))
        await say(answer(`dnsaddr=/ip4/127.0.0.1/tcp/1/p2p/${self}`))
        socket.close()
        await once(socket, 'close')
      },
      move() {},
    }
    return {
      subject,
      async close() {
        stop.abort()
        await running
      },
    }
  })

  test('told not to announce, it finds others and stays unseen', async () => {
    const [shy, open] = [await newPeer(), await newPeer()]
    const stop = new AbortController()
    const nodeOf = (self: string) => ({
      self,
      addresses: () => [`/ip4/127.0.0.1/tcp/1/p2p/${self}`],
      components: {},
      signal: stop.signal,
    })
    const seen = new Set<string>()
    const asking = (async () => {
      for await (const { peer } of localNetwork({ announce: true, every: 50, log: quiet }).find(nodeOf(open))) seen.add(peer)
    })()
    let rounds = 0
    for await (const { peer } of localNetwork({ announce: false, every: 50, log: quiet }).find(nodeOf(shy))) {
      assert.is(peer, open)
      if (++rounds === 5) break
    }
    stop.abort()
    await asking
    assert.is(seen.size, 0)
  })

  test('addresses of the wide network are not told to the local one', async () => {
    const [self, other] = [await newPeer(), await newPeer()]
    const stop = new AbortController()
    const addresses = () => [`/ip4/9.9.9.9/tcp/1/p2p/${other}`, `/ip4/10.1.2.3/tcp/1/p2p/${other}`]
    const asking = drain(
      localNetwork({ announce: true, every: 50, log: quiet }).find({ self: other, addresses, components: {}, signal: stop.signal }),
    )
    for await (const found of localNetwork({ announce: true, every: 50, log: quiet }).find({
      self,
      addresses: () => [],
      components: {},
      signal: stop.signal,
    })) {
      assert.equal(found, { peer: other, addresses: ['/ip4/10.1.2.3/tcp/1'] })
      break
    }
    stop.abort()
    await asking
  })
} else {
  const lan = [
    'ip link set lo up',
    'ip link add lan0 type veth peer name lan1',
    'ip addr add 10.77.0.1/24 dev lan0',
    'ip link set lan1 up',
  ]
  const script = [...lan, 'ip link set lan0 up', 'ip route add default dev lan0'].join(' && ')
  const enter = (run: string, args: readonly string[] = []) =>
    spawnSync('unshare', ['--map-root-user', '--net', 'sh', '-c', `${script} && ${run}`, 'sh', ...args], {
      encoding: 'utf8',
      timeout: 120_000,
      env: { ...process.env, PALABRE_TEST_LAN: 'yes' },
    })
  const can = enter('true')
  const why = can.error?.message ?? can.stderr.trim()
  if (can.status !== 0) console.log(`SKIPPED: no network namespace for a local network of its own: ${why}`)
  const proof = can.status === 0 ? test : test.skip
  proof('in a local network of its own, it obeys the laws of a discovery', () => {
    const { status, stdout, stderr } = enter('exec "$@"', [process.execPath, ...process.execArgv, import.meta.filename])
    assert.is(status, 0, `${stdout}\n${stderr}`)
    const [, passed = '0'] = /Passed:\s+(\d+)/.exec(stdout) ?? []
    assert.ok(Number(passed) >= discoveryLaws.length + 2, stdout)
  })

  test('it starts and stops as a plugin without asking anybody', async () => {
    await using host = await startTestHost({ plugins: [import.meta.dirname] })
    assert.is(host.plugins.why('discovery-mdns').plugin.state, 'running')
  })
}

/** A response as RFC 6762 has it: a pointer from the service to a name, and what that name says. */
function answer(said: string): Uint8Array {
  const name = (labels: readonly string[]) =>
    Buffer.concat([...labels.map((one) => Buffer.from([one.length, ...Buffer.from(one)])), Buffer.from([0])])
  const service = name(['_palabre', '_udp', 'local'])
  const instance = name(['stranger', '_palabre', '_udp', 'local'])
  const record = (owner: Buffer, type: number, data: Buffer) =>
    Buffer.concat([owner, Buffer.from([0, type, 0, 1, 0, 0, 0, 120, data.length >> 8, data.length & 255]), data])
  const texts = Buffer.from([said.length, ...Buffer.from(said)])
  const head = Buffer.from([0, 0, 0x84, 0, 0, 0, 0, 2, 0, 0, 0, 0])
  return Buffer.concat([head, record(service, 12, instance), record(instance, 16, texts)])
}

async function drain(found: AsyncIterable<unknown>): Promise<void> {
  for await (const _one of found);
}

test.run()
