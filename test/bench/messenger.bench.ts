import { fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, fdatasyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ByteStream } from '@palabre/sdk/contract/byte-stream'
import type { UserId } from '@palabre/sdk/contract/identity'
import { startPerson, type TestPerson } from '../messenger/person.ts'
import type { Job, Row } from './job.ts'

export const jobs: readonly Job[] = [
  { name: 'delivery', run: delivery },
  { name: 'sustained', run: sustained },
  { name: 'idle', run: idle },
]

const rounds = 5

/** We in this process, a friend in another, both on SQLite, TCP on loopback between us. */
async function openFriends() {
  const child = fork(join(import.meta.dirname, 'messenger/friend-process.ts'), { stdio: ['ignore', 2, 2, 'ipc'] })
  const [{ link }] = (await once(child, 'message')) as [{ link: string }]
  const me = await startPerson()
  const friend = await me.contacts.acceptInvite(link)
  await me.messenger.send(friend.id, { text: 'hello' })
  await me.seesText('hello', 'delivered')
  return {
    me,
    friend: friend.id,
    async [Symbol.asyncDispose]() {
      child.send('end')
      await once(child, 'exit')
      await me[Symbol.asyncDispose]()
    },
  }
}

async function* delivery(): AsyncGenerator<Row> {
  await using friends = await openFriends()
  const { me, friend } = friends
  const peer = me.network.links()[0]!.peer
  const echo = await me.network.open(peer, '/palabre-bench/echo/1')
  const back = echo.bytes[Symbol.asyncIterator]()
  const [half, most, bareHalf, bareMost]: [number[], number[], number[], number[]] = [[], [], [], []]
  const disk: number[] = []
  for (let warm = 0; warm < 200; warm++) await oneDelivery(me, friend, `warm ${warm}`)
  for (let round = 0; round < rounds; round++) {
    const ours = await times(200, (index) => oneDelivery(me, friend, `round ${round} message ${index}`))
    const theirs = await times(200, () => oneEcho(echo, back))
    disk.push(...bareWrites(50))
    half.push(at(ours, 0.5))
    most.push(at(ours, 0.95))
    bareHalf.push(at(theirs, 0.5))
    bareMost.push(at(theirs, 0.95))
  }
  const name = 'bare stream, there and back'
  const waits = `a bare wait for the disk, of which each takes three: half ${at(disk, 0.5).toFixed(2)} ms, 19 of 20 ${at(disk, 0.95).toFixed(2)} ms`
  yield {
    what: 'send to delivered, half of them',
    unit: 'ms',
    ours: half,
    peer: { name, took: bareHalf },
    aim: { of: 'ours', atMost: 5 },
  }
  yield {
    what: '19 of 20',
    unit: 'ms',
    ours: most,
    peer: { name, took: bareMost },
    aim: { of: 'ours', atMost: 20 },
    notes: [waits],
  }
}

async function* sustained(): AsyncGenerator<Row> {
  await using friends = await openFriends()
  const { me, friend } = friends
  const ours: number[] = []
  await oneThousand(me, friend, 'warm')
  for (let round = 0; round < rounds; round++) ours.push(await oneThousand(me, friend, `round ${round}`))
  const perSecond = Math.round(1_000_000 / ours.toSorted((a, b) => a - b)[rounds >> 1]!)
  yield {
    what: '1,000 messages, until all are known as delivered',
    unit: 'ms',
    ours,
    aim: { of: 'ours', atMost: 500 },
    notes: [`${perSecond} messages/s, kept at both ends; 256 under way at once`],
  }
}

/** `palabre listen` with nobody talking. */
async function* idle(): AsyncGenerator<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-idle-'))
  const off = Object.fromEntries(['transport-websocket', 'discovery-mdns'].map((id) => [id, false]))
  const tcp = { enabled: true, config: { listen: ['/ip4/127.0.0.1/tcp/0'] } }
  writeFileSync(join(folder, 'plugins.json'), JSON.stringify({ plugins: { ...off, 'transport-tcp': tcp } }))
  await using friends = await openFriends()
  const { link } = await friends.me.contacts.createInvite({ name: 'Me' })
  await ended(palabre(folder, 'invite', 'accept', link))
  const child = palabre(folder, 'listen', '--json')
  try {
    await once(child.stdout!, 'data')
    await pause(10_000)
    const memory = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1]) / 1024
    yield { what: 'memory of an idle palabre listen', unit: 'MB', ours: [memory], aim: { of: 'ours', atMost: 150 } }
    const before = passed(child.pid!)
    await pause(20_000)
    const traffic = (passed(child.pid!) - before) / 20 / 1024
    yield {
      what: 'read and written in a second, sockets and files',
      unit: 'kB',
      ours: [traffic],
      aim: { of: 'ours', atMost: 1 },
      notes: ['one link stands'],
    }
  } finally {
    child.kill('SIGINT')
    await once(child, 'exit')
    rmSync(folder, { recursive: true, force: true })
  }
}

async function oneDelivery(me: TestPerson, friend: UserId, text: string): Promise<void> {
  const done = Promise.withResolvers<void>()
  using _watching = me.messenger.watch((event) => {
    if (event.kind === 'changed' && event.message.text === text && event.message.state === 'delivered') done.resolve()
  })
  await me.messenger.send(friend, { text })
  await done.promise
}

const echoed = new Uint8Array(400)

async function oneEcho(echo: ByteStream, back: AsyncIterator<Uint8Array>): Promise<void> {
  await echo.write(echoed)
  for (let left = echoed.length; left > 0;) left -= (await back.next()).value!.length
}

/** 8 KiB each, waited for. */
function bareWrites(count: number): number[] {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-disk-'))
  const file = openSync(join(folder, 'bare'), 'w')
  try {
    return Array.from({ length: count }, () => {
      const began = performance.now()
      writeSync(file, new Uint8Array(8192))
      fdatasyncSync(file)
      return performance.now() - began
    })
  } finally {
    closeSync(file)
    rmSync(folder, { recursive: true })
  }
}

async function oneThousand(me: TestPerson, friend: UserId, prefix: string): Promise<number> {
  const done = Promise.withResolvers<void>()
  let left = 1_000
  using _watching = me.messenger.watch((event) => {
    if (event.kind === 'changed' && event.message.text.startsWith(prefix) && event.message.state === 'delivered' && --left === 0)
      done.resolve()
  })
  const began = performance.now()
  let next = 0
  const speaker = async () => {
    while (next < 1_000) await me.messenger.send(friend, { text: `${prefix} number ${next++}` })
  }
  await Promise.all(Array.from({ length: 256 }, speaker))
  await done.promise
  return performance.now() - began
}

async function times(count: number, run: (index: number) => Promise<void>): Promise<number[]> {
  const took: number[] = []
  for (let index = 0; index < count; index++) {
    const began = performance.now()
    await run(index)
    took.push(performance.now() - began)
  }
  return took
}

const at = (took: readonly number[], share: number) => took.toSorted((a, b) => a - b)[Math.floor(took.length * share)]!

function palabre(folder: string, ...args: string[]): ChildProcess {
  const program = join(import.meta.dirname, '../../host-cli/bin/palabre.mjs')
  return spawn(process.execPath, [program, '--profile-dir', folder, ...args], { stdio: ['ignore', 'pipe', 2] })
}

async function ended(child: ChildProcess): Promise<void> {
  child.stdout!.resume()
  await once(child, 'exit')
}

function passed(pid: number): number {
  const io = readFileSync(`/proc/${pid}/io`, 'utf8')
  return ['rchar', 'wchar'].reduce((sum, what) => sum + Number(new RegExp(`${what}: (\\d+)`).exec(io)![1]), 0)
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
