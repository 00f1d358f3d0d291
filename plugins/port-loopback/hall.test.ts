import { once } from 'node:events'
import { connect } from 'node:net'
import { portProbe } from '@palabre/sdk/conformance/port-probe'
import { startTestHost } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { enter, hello, knock } from './bare-face.ts'
import { limits } from './limits.ts'

async function openDoor() {
  const host = await startTestHost({ host: 'desktop', plugins: [import.meta.dirname, portProbe()] })
  const address = async () => ((await host.commands.run('port.address')).data as { address: string }).address
  const { origin, port } = new URL(await address())
  return { host, origin, port: Number(port), address, [Symbol.asyncDispose]: () => host.stop() }
}

const nobody = 'A'.repeat(43)

test('pages of other sites and other names are refused before there is a socket', async () => {
  await using door = await openDoor()
  const refusal = (options: object) =>
    knock(door.origin, options).then(
      () => 'let in',
      (error: Error) => error.message,
    )
  const otherPort = `http://127.0.0.1:${door.port + 1}`
  for (const origin of ['https://evil.example', 'null', otherPort, `https://127.0.0.1:${door.port}`, `http://[::1]:${door.port}`])
    assert.is(await refusal({ origin }), 'refused with 403', origin)
  assert.is(await refusal({ headers: { host: `evil.example:${door.port}` } }), 'refused with 421')
  assert.is(await refusal({ headers: { host: `evil.example:${door.port}` }, origin: door.origin }), 'refused with 421')
  for (const origin of [door.origin, `http://localhost:${door.port}`, undefined]) {
    const face = await enter(await door.address(), { origin })
    face.socket.close()
    await face.closed
  }
})

test('there is a socket at one path only', async () => {
  await using door = await openDoor()
  const socket = connect(door.port, '127.0.0.1')
  socket.write(
    `GET /other HTTP/1.1\r\nHost: 127.0.0.1:${door.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${'A'.repeat(22)}==\r\n\r\n`,
  )
  const [answer] = (await once(socket, 'data')) as [Buffer]
  assert.match(answer.toString(), /^HTTP\/1\.1 404 /)
  if (!socket.closed) await once(socket, 'close')
})

test('a token opens one window; used, made up or missing it is refused', async () => {
  await using door = await openDoor()
  const address = await door.address()
  const face = await enter(address)
  const token = new URL(address).hash.replace('#token=', '')
  for (const key of [
    hello('token', token),
    hello('token', nobody),
    hello('session', nobody),
    hello('session', token),
    hello('token', face.session),
  ]) {
    const other = await knock(door.origin)
    other.send(key)
    assert.is(await other.closed, 4401, JSON.stringify(key))
  }
  face.send({ kind: 'run', id: 1, command: 'probe.echo', args: { word: 'still in' } })
  assert.is((await face.next()).kind, 'reply')
})

test('who was in comes back with the session, while still attached and after', async () => {
  await using door = await openDoor()
  const face = await enter(await door.address())
  for (const attached of [true, false]) {
    const again = await knock(door.origin)
    again.send(hello('session', face.session))
    assert.equal(await again.next(), { kind: 'welcome', session: face.session })
    if (attached) face.socket.close()
    again.socket.close()
    await again.closed
  }
})

test('a session with a page attached is kept, however many come and go; one without is forgotten in the end', async () => {
  await using door = await openDoor()
  const stays = await enter(await door.address())
  const leaves = await enter(await door.address())
  leaves.socket.close()
  await leaves.closed
  for (let n = 0; n < limits.sessions; n++) {
    const other = await enter(await door.address())
    other.socket.close()
    await other.closed
  }
  const again = await knock(door.origin)
  again.send(hello('session', stays.session))
  assert.is((await again.next()).kind, 'welcome')
  const late = await knock(door.origin)
  late.send(hello('session', leaves.session))
  assert.is(await late.closed, 4401)
})

test('the first message shows a key, and nothing else', async () => {
  await using door = await openDoor()
  const token = new URL(await door.address()).hash.replace('#token=', '')
  const wrong: [unknown, number][] = [
    [{ kind: 'run', id: 1, command: 'probe.echo', args: { word: 'x' } }, 4400],
    ['', 4400],
    ['{', 4400],
    [Buffer.from(JSON.stringify(hello('token', token))), 4400],
    [{ ...hello('token', token), more: 1 }, 4400],
    [hello('token', `${token}A`), 4400],
    [hello('token', token, 2), 4426],
  ]
  for (const [message, code] of wrong) {
    const face = await knock(door.origin)
    if (Buffer.isBuffer(message)) face.socket.send(message, { binary: true })
    else face.send(message)
    assert.is(await face.closed, code, String(message))
  }
  const face = await knock(door.origin)
  face.send(hello('token', token))
  assert.is((await face.next()).kind, 'welcome', 'a token in a broken message is not used up')
})

test('who shows no key in time is sent away, who did stays', async () => {
  await using door = await openDoor()
  const face = await enter(await door.address())
  const silent = await knock(door.origin)
  await door.host.clock.advance(limits.helloMs - 1)
  assert.is(silent.socket.readyState, silent.socket.OPEN)
  await door.host.clock.advance(1)
  assert.is(await silent.closed, 4408)
  await door.host.clock.advance(limits.helloMs * 10)
  face.send({ kind: 'commands', id: 1 })
  assert.is((await face.next()).kind, 'reply')
})

test('a stranger who leaves by himself leaves nothing behind', async () => {
  await using door = await openDoor()
  const stranger = await knock(door.origin)
  const timers = () => door.host.plugins.why('port-loopback').plugin.holds.timers
  assert.is(timers(), 1)
  stranger.socket.close()
  await stranger.closed
  while (timers() > 0) await new Promise((resolve) => setImmediate(resolve))
})

test('before a key only little is read, even of a message that never ends', async () => {
  await using door = await openDoor()
  const face = await knock(door.origin)
  face.socket.send('x'.repeat(70 * 1024), { fin: false })
  assert.is(await face.closed, 1009)
})

test('after the key messages may be larger, up to a limit', async () => {
  await using door = await openDoor()
  const face = await enter(await door.address())
  face.send({ kind: 'run', id: 1, command: 'probe.echo', args: { word: 'x'.repeat(900 * 1024) } })
  assert.is((await face.next()).kind, 'reply')
  face.send({ kind: 'run', id: 2, command: 'probe.echo', args: { word: 'x'.repeat(1024 * 1024) } })
  assert.is(await face.closed, 1009)
})

test('what is no message closes the socket and nothing else', async () => {
  await using door = await openDoor()
  const deep = `${'{"a":'.repeat(70)}1${'}'.repeat(70)}`
  const wrong = [
    'no json',
    '[]',
    'null',
    '{}',
    { kind: 'toString' },
    { kind: '__proto__' },
    { kind: 'welcome', session: nobody },
    hello('session', nobody),
    { kind: 'run', id: 1, command: 'probe.echo' },
    { kind: 'run', id: '1', command: 'probe.echo', args: {} },
    { kind: 'run', id: -1, command: 'probe.echo', args: {} },
    { kind: 'run', id: 1.5, command: 'probe.echo', args: {} },
    { kind: 'run', id: 1, command: 1, args: {} },
    { kind: 'run', id: 1, command: 'probe.echo', args: [] },
    { kind: 'run', id: 1, command: 'probe.echo', args: {}, extra: 1 },
    '{"kind":"run","id":1,"command":"probe.echo","args":{"__proto__":{"polluted":1}}}',
    '{"kind":"run","id":1,"command":"probe.echo","args":{"a":[{"constructor":{"prototype":1}}]}}',
    `{"kind":"run","id":1,"command":"probe.echo","args":${deep}}`,
    { kind: 'more', id: 1, count: 0 },
    { kind: 'cancel' },
  ]
  for (const message of wrong) {
    const face = await enter(await door.address())
    face.send(message)
    assert.is(await face.closed, 4400, JSON.stringify(message))
  }
  const face = await enter(await door.address())
  face.send({ kind: 'stream', id: 7, command: 'probe.count', args: { to: 1000 } })
  face.send({ kind: 'cancel', id: 99 })
  face.send({ kind: 'more', id: 99, count: 1 })
  face.send({ kind: 'run', id: 7, command: 'probe.echo', args: { word: 'a number in use' } })
  assert.is(await face.closed, 4400)
})

test('there is room for so many windows, and for so many strangers', async () => {
  await using door = await openDoor()
  const strangers = await Promise.all(Array.from({ length: limits.strangers }, () => knock(door.origin)))
  assert.is(await (await knock(door.origin)).closed, 4429)
  for (const { socket, closed } of strangers) {
    socket.close()
    await closed
  }
  for (let n = 0; n < limits.faces; n++) await enter(await door.address())
  const last = await knock(door.origin)
  assert.is(await last.closed, 4429)
})

test('no token and no session is ever logged', async () => {
  await using door = await openDoor()
  const address = await door.address()
  const { session } = await enter(address)
  const refused = await knock(door.origin)
  refused.send(hello('session', nobody))
  await refused.closed
  const log = JSON.stringify(door.host.log)
  for (const secret of [new URL(address).hash.replace('#token=', ''), session, nobody]) assert.not.match(log, secret)
  assert.match(log, door.origin)
})

test('switched off it says goodbye and nothing listens; switched on it is back', async () => {
  await using door = await openDoor()
  const face = await enter(await door.address())
  await door.host.plugins.disable('port-loopback')
  assert.is(await face.closed, 1001)
  const error = await once(connect(door.port, '127.0.0.1'), 'connect').catch((thrown: NodeJS.ErrnoException) => thrown)
  assert.is((error as NodeJS.ErrnoException).code, 'ECONNREFUSED')
  await door.host.plugins.enable('port-loopback')
  const again = await enter(await door.address())
  assert.is(again.socket.readyState, again.socket.OPEN)
})

test('a page that hangs keeps nobody from leaving', async () => {
  await using door = await openDoor()
  const face = await enter(await door.address())
  face.socket.pause()
  await door.host.plugins.disable('port-loopback')
  assert.is(door.host.plugins.why('port-loopback').plugin.state, 'disabled')
  assert.equal(door.host.plugins.why('port-loopback').plugin.problems, [])
  face.socket.terminate()
  await face.closed
})

test('a port that is taken is told with what to do', async () => {
  await using door = await openDoor()
  await using other = await startTestHost({
    host: 'desktop',
    plugins: [import.meta.dirname],
    config: { 'port-loopback': { port: door.port } },
  })
  const { state, reason, todo } = other.plugins.why('port-loopback').plugin
  assert.is(state, 'failed')
  assert.match(reason!.fr, `le port ${door.port}`)
  assert.match(todo!.en, 'plugins.json')
})

test.run()
