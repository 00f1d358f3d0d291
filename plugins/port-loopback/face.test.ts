import { definePlugin } from '@palabre/sdk'
import { reply } from '@palabre/sdk/contract/command'
import { portProbe } from '@palabre/sdk/conformance/port-probe'
import type { KernelMessage } from '@palabre/sdk/contract/port-wire'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { enter, type BareFace } from './bare-face.ts'
import { limits } from './limits.ts'

const mebibyte = 'x'.repeat(1024 * 1024)

/** A kernel with commands whose answers are too much of a good thing. */
async function openDoor() {
  const made = { replies: 0, left: false }
  async function* pour() {
    try {
      while (true) {
        made.replies++
        yield reply(mebibyte)
      }
    } finally {
      made.left = true
    }
  }
  const plugin = definePlugin({
    start(_needs, scope) {
      scope.command('heavy.pour', pour)
      scope.command('heavy.one', () => {
        made.replies++
        return reply(mebibyte)
      })
      scope.command('heavy.odd', () => reply({ big: 1n }))
      scope.command('heavy.none', (() => undefined) as never)
      scope.command('heavy.mute', () => reply('here', { en: 'no French' } as never))
    },
  })
  const commands = ['pour', 'one', 'odd', 'none', 'mute'].map((name) => ({ id: `heavy.${name}`, title: { en: name, fr: name } }))
  const host = await startTestHost({
    host: 'desktop',
    plugins: [import.meta.dirname, portProbe(), testPlugin('heavy', plugin, { commands })],
  })
  const { address } = (await host.commands.run('port.address')).data as { address: string }
  return { host, made, face: await enter(address), [Symbol.asyncDispose]: () => host.stop() }
}

/** Reads until the answer to this request. */
async function until(face: BareFace, id: number, kinds: readonly string[] = ['reply', 'end', 'error']): Promise<KernelMessage> {
  while (true) {
    const message = await face.next()
    if (message.kind !== 'welcome' && message.id === id && kinds.includes(message.kind)) return message
  }
}

/** Lets everything that can still happen happen: the kernel, asked in this process, answers many times. */
async function whileIdle(run: () => Promise<unknown>): Promise<void> {
  for (let turn = 0; turn < 200; turn++) {
    await run()
    await new Promise((resolve) => setImmediate(resolve))
  }
}

test('a stream pauses while its page reads nothing, goes on when it reads, and is left when the page goes', async () => {
  await using door = await openDoor()
  const { face, made, host } = door
  face.socket.pause()
  face.send({ kind: 'stream', id: 1, command: 'heavy.pour', args: {} })
  await whileIdle(() => host.commands.run('probe.counted'))
  const paused = made.replies
  assert.ok(paused >= 1 && paused < 20, `${paused} MiB made for nobody`)
  await whileIdle(() => host.commands.run('probe.counted'))
  assert.is(made.replies, paused)
  face.socket.resume()
  for (let n = 0; n < 25; n++) await until(face, 1)
  assert.ok(made.replies > paused)
  assert.not(made.left)
  face.socket.terminate()
  await face.closed
  await whileIdle(() => host.commands.run('probe.counted'))
  assert.ok(made.left)
})

test('a stream is not ahead of what its reader has accounted for', async () => {
  await using door = await openDoor()
  const { face, host } = door
  const counted = async () => {
    await whileIdle(() => host.commands.run('probe.echo', { word: 'wait' }))
    return (await host.commands.run('probe.counted')).data as number
  }
  face.send({ kind: 'stream', id: 1, command: 'probe.count', args: { to: 1_000_000 } })
  assert.is(await counted(), 32)
  face.send({ kind: 'more', id: 1, count: 16 })
  assert.is(await counted(), 48)
  face.send({ kind: 'more', id: 1, count: 1_000_000 })
  assert.is(await counted(), 80, 'no more than a window is granted at once')
  face.send({ kind: 'cancel', id: 1 })
  assert.is((await until(face, 1, ['end'])).kind, 'end')
})

test('a page that asks and does not read is not read from either', async () => {
  await using door = await openDoor()
  const { face, host } = door
  const unsent = async () => {
    await whileIdle(() => host.commands.run('probe.counted'))
    return face.socket.bufferedAmount
  }
  const word = 'x'.repeat(512 * 1024)
  face.socket.pause()
  for (let id = 1; id <= 20; id++) face.send({ kind: 'run', id, command: 'heavy.one', args: {} })
  assert.is(await unsent(), 0)
  for (let id = 21; id <= 80; id++) face.send({ kind: 'run', id, command: 'probe.echo', args: { word } })
  assert.ok((await unsent()) > 0, 'all was read')
  face.socket.resume()
  assert.match((await until(face, 80)).kind, /reply|error/)
})

test('after nonsense nothing more is taken, and bytes are no text', async () => {
  await using door = await openDoor()
  const { face, made, host } = door
  face.send('nonsense')
  face.send({ kind: 'run', id: 1, command: 'heavy.one', args: {} })
  assert.is(await face.closed, 4400)
  assert.is(made.replies, 0)
  const { address } = (await host.commands.run('port.address')).data as { address: string }
  const other = await enter(address)
  other.socket.send(Buffer.from(JSON.stringify({ kind: 'commands', id: 1 })), { binary: true })
  assert.is(await other.closed, 4400)
})

test('so many requests at once and not more', async () => {
  await using door = await openDoor()
  const { face } = door
  for (let id = 1; id <= limits.requests; id++) face.send({ kind: 'run', id, command: 'probe.wait', args: { name: `w${id}` } })
  face.send({ kind: 'run', id: 1000, command: 'probe.echo', args: { word: 'one more' } })
  const refused = await until(face, 1000)
  assert.is(refused.kind === 'error' && refused.error.code, 'too-large')
  face.send({ kind: 'cancel', id: 1 })
  await until(face, 1)
  face.send({ kind: 'run', id: 1001, command: 'probe.echo', args: { word: 'room again' } })
  assert.is((await until(face, 1001)).kind, 'reply')
})

test('what a page asked for ends with the page', async () => {
  await using door = await openDoor()
  door.face.send({ kind: 'run', id: 1, command: 'probe.wait', args: { name: 'page' } })
  await door.host.commands.run('probe.reached', { moment: 'page begun' })
  door.face.socket.terminate()
  await door.host.commands.run('probe.reached', { moment: 'page stopped' })
})

test('an answer that cannot cross is an error, and the socket stays', async () => {
  await using door = await openDoor()
  const { face } = door
  for (const [id, command] of [
    [1, 'heavy.odd'],
    [2, 'heavy.none'],
  ] as const) {
    face.send({ kind: 'run', id, command, args: {} })
    const answer = await until(face, id)
    assert.is(answer.kind, 'error', command)
  }
  face.send({ kind: 'run', id: 4, command: 'heavy.mute', args: {} })
  assert.equal(await until(face, 4), { kind: 'reply', id: 4, reply: { data: 'here' } })
  face.send({ kind: 'run', id: 3, command: 'probe.echo', args: { word: 'here' } })
  assert.is((await until(face, 3)).kind, 'reply')
})

test.run()
