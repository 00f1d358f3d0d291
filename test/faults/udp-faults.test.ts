import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testSeed } from '@palabre/sdk/testkit'
import { openUdpFaults, type UdpFaultsOptions } from './udp-faults.ts'

const seed = testSeed()

interface Heard {
  readonly said: string
  readonly port: number
}

async function openServer(options: Partial<UdpFaultsOptions> = {}) {
  const heard: Heard[] = []
  const server = await bound()
  server.on('message', (bytes, { port }) => heard.push({ said: String(bytes), port }))
  const proxy = await openUdpFaults({ to: { port: server.address().port }, seed, ...options })
  const client = await bound()
  return {
    proxy,
    server,
    client,
    send: (said: string) => client.send(said, proxy.port, '127.0.0.1'),
    heard,
    /** Says it until it is heard. */
    async insist(said: string): Promise<Heard> {
      for (;;) {
        const there = heard.find((one) => one.said === said)
        if (there !== undefined) return there
        client.send(said, proxy.port, '127.0.0.1')
        await setTimeout(5)
      }
    },
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]()
      for (const socket of [server, client]) await new Promise<void>((resolve) => void socket.close(() => resolve()))
    },
  }
}

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return socket
}

const numbers = Array.from({ length: 200 }, (_, i) => String(1000 + i))

async function heardOf(faults: UdpFaultsOptions['faults']): Promise<string[]> {
  await using road = await openServer(faults === undefined ? {} : { faults })
  for (const one of numbers) road.send(one)
  // The first lets go whatever was held back, so that with the second all has come that could.
  await road.insist('end')
  await road.insist('fence')
  return road.heard.map(({ said }) => said).filter((said) => said.length === 4)
}

test('without faults all passes, and answers find the way back', async () => {
  await using road = await openServer()
  for (const one of numbers) road.send(one)
  const { port } = await road.insist('end')
  assert.equal(
    road.heard.map(({ said }) => said).filter((said) => said !== 'end'),
    numbers,
  )
  road.server.send('answer', port, '127.0.0.1')
  const [bytes] = (await once(road.client, 'message')) as [Buffer]
  assert.is(String(bytes), 'answer')
})

test('each fault strikes about as often as said, and the same datagrams for the same seed', async () => {
  const lost = await heardOf({ lose: 0.2 })
  assert.equal(await heardOf({ lose: 0.2 }), lost, `seed ${seed}`)
  assert.ok(lost.length > 120 && lost.length < 190, `seed ${seed}`)
  const twice = await heardOf({ duplicate: 0.2 })
  assert.equal([...new Set(twice)], numbers)
  assert.ok(twice.length > 210 && twice.length < 280, `seed ${seed}`)
  const swapped = await heardOf({ reorder: 0.2 })
  assert.not.equal(swapped, numbers)
  assert.equal(swapped.toSorted(), numbers)
  const wrong = await heardOf({ corrupt: 0.2 })
  assert.is(wrong.length, numbers.length)
  assert.ok(wrong.filter((said) => !numbers.includes(said)).length > 5, `seed ${seed}`)
})

test('in a blackout all is lost, and after a rebind the server sees another port', async () => {
  await using road = await openServer()
  const before = await road.insist('before')
  const dark = road.proxy.blackout()
  road.send('lost')
  while (road.proxy.struck.dark === 0) await setTimeout(5)
  dark[Symbol.dispose]()
  await road.proxy.rebind()
  const after = await road.insist('after')
  assert.is.not(after.port, before.port)
  assert.not.ok(road.heard.some(({ said }) => said === 'lost'))
})

test.run()
