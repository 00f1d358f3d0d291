// slow, limit: 420 s
import { readRelayLink } from '@palabre/sdk/contract/relay-link'
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Talked } from './load-process.ts'
import { startRelayProcess, type RelayProcess } from './relay-process.ts'
import { newWireQueue } from './wire-client.ts'
import { startWireNode } from './wire-node.ts'

const peers = 100
const processes = 4
const seconds = 60
const megabyte = 1024 * 1024

test('a hundred peers exchange through one relay for a minute: everything arrives, and its memory is bounded', async () => {
  await using relay = await startRelayProcess()
  const before = memoryOf(relay)
  const each = peers / processes
  const all = Array.from({ length: processes }, (_, index) => start('talk', relay.link, seconds, index * each, each, peers))
  await Promise.all(all.map((one) => says(one, 'ready')))
  let most = before
  const looking = setInterval(() => (most = Math.max(most, memoryOf(relay))), 250)
  try {
    for (const one of all) one.send('begin')
    await Promise.all(all.map((one) => says(one, 'deposited')))
    await isEmpty(relay)
  } finally {
    clearInterval(looking)
  }
  const told = all.map((one) => says<Talked>(one, 'kept'))
  for (const one of all) one.send('end')
  const seen = await Promise.all(told)
  const kept = seen.flatMap((one) => one.kept)
  const came = new Set(seen.flatMap((one) => one.came))
  const waits = seen.flatMap((one) => one.waits).toSorted((one, other) => one - other)
  const lost = kept.filter((id) => !came.has(id))
  assert.equal(lost, [])
  assert.ok(kept.length > peers * 20, `only ${kept.length} blocks`)
  assert.ok(most - before < 300 * megabyte, `${before} bytes before, ${most} at most`)
  const at = (part: number) => waits[Math.floor(waits.length * part)]!.toFixed(0)
  console.log(
    `MEASURED: ${peers} peers in ${processes} processes, ${seconds} s: ${kept.length} blocks kept, ${came.size} collected, ` +
      `kept after ${at(0.5)} ms (p50), ${at(0.95)} ms (p95); relay ${inMegabytes(before)} at rest, ${inMegabytes(most)} at most`,
  )
})

test('a thousand connections that say nothing cost little each, and the relay goes on serving', async () => {
  await using relay = await startRelayProcess()
  const before = memoryOf(relay)
  const { peer, addresses } = readRelayLink(relay.link)!
  // A thousand are all it takes: one is left for who comes to use it.
  const count = 999
  const crowd = start('idle', `${addresses[0]}/p2p/${peer}`, count)
  await says(crowd, 'connected')
  const after = memoryOf(relay)
  await using node = await startWireNode()
  const client = await node.open(relay.link)
  await client.create(newWireQueue(node.primitives))
  const each = (after - before) / count / 1024
  console.log(
    `MEASURED: ${count} idle connections: ${inMegabytes(before)} before, ${inMegabytes(after)} with them, ${each.toFixed(0)} kB each`,
  )
  assert.ok(each < 256, `${each} kB for each`)
  crowd.send('end')
  await once(crowd, 'exit')
})

test('who floods it from one address takes no place from those at another', async () => {
  // As it is shipped: so many from one address.
  await using relay = await startRelayProcess({ plugins: { 'network-libp2p': {} } })
  const port = Number(/\/tcp\/(\d+)/.exec(relay.link)![1])
  const sockets = new Set<Socket>()
  let made = 0
  const flood = setInterval(() => {
    for (let index = 0; index < 40; index++) {
      const socket = connect({ port, host: '127.0.0.1', localAddress: '127.0.0.66' })
      made += 1
      sockets.add(socket)
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    }
  }, 20)
  try {
    while (made < 2_000) await new Promise((resolve) => setTimeout(resolve, 20))
    await using node = await startWireNode()
    const asked = performance.now()
    const client = await node.open(relay.link)
    const queue = newWireQueue(node.primitives)
    await client.create(queue)
    const slot = await client.claim('sender', queue)
    for (let index = 0; index < 20; index++) await client.deposit(slot, node.primitives.randomBytes(16_384))
    const took = performance.now() - asked
    console.log(`MEASURED: ${made} connections from one address meanwhile: 20 deposits from another after ${took.toFixed(0)} ms`)
    assert.ok(took < 10_000, `${took} ms`)
  } finally {
    clearInterval(flood)
    for (const socket of sockets) socket.destroy()
  }
})

function start(...args: readonly (string | number)[]): ChildProcess {
  return fork(join(import.meta.dirname, 'load-process.ts'), args.map(String), { stdio: ['ignore', 2, 2, 'ipc'] })
}

/** The first message that has this in it. */
function says<Message>(child: ChildProcess, what: string): Promise<Message> {
  return new Promise((resolve, reject) => {
    const hear = (message: object) => {
      if (!(what in message)) return
      child.off('message', hear)
      resolve(message as Message)
    }
    child.on('message', hear)
    child.once('exit', (code) => reject(new Error(`a process of the crowd ended with ${code}`)))
  })
}

async function isEmpty(relay: RelayProcess): Promise<void> {
  for (let blocks = 1; blocks > 0;) {
    const { out } = await relay.operator.palabre('--json', 'mailbox', 'counts')
    blocks = (JSON.parse(out) as { blocks: number }).blocks
  }
}

function memoryOf({ process: { child } }: RelayProcess): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1]) * 1024
}

const inMegabytes = (bytes: number) => `${(bytes / megabyte).toFixed(0)} MB`

test.run()
