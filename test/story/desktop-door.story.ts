import { once } from 'node:events'
import { request } from 'node:http'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openFace, upgradeStatus } from './bare-face.ts'
import { openProfile } from './desktop-process.ts'

const profile = await openProfile()
const desktop = await profile.start(['--json'])
const { address } = await desktop.told()
const { origin, host, port } = new URL(address)

const newAddress = async () => (await (await profile.start(['--json'])).told()).address

/** The code a socket is closed with that says only this. */
async function closedAfter(first: string | Uint8Array): Promise<number> {
  const socket = new WebSocket(`ws://${host}/port`)
  await once(socket, 'open')
  socket.send(first)
  const [event] = (await once(socket, 'close')) as [CloseEvent]
  return event.code
}

test('no token, a made-up one and a used one lead nowhere', async () => {
  const hello = (proof: string, secret: string) => JSON.stringify({ kind: 'hello', version: 1, proof, secret })
  await using face = await openFace(address)
  assert.is(await closedAfter(hello('token', new URL(address).hash.replace('#token=', ''))), 4401)
  assert.is(await closedAfter(hello('token', 'A'.repeat(43))), 4401)
  assert.is(await closedAfter(hello('session', 'A'.repeat(43))), 4401)
  assert.is(await closedAfter('{"kind":"run","id":1,"command":"plugins.list","args":{}}'), 4400)
  assert.is(await closedAfter('knock knock'), 4400)
  assert.is(await closedAfter(new Uint8Array(10)), 4400)
  assert.ok((await face.run('plugins.list')).data, 'who is in stays in')
})

test('a session comes back', async () => {
  const first = await openFace(await newAddress())
  await first[Symbol.asyncDispose]()
  await using again = await openFace(address, first.session)
  assert.ok((await again.run('plugins.list')).data)
})

test('a page of another site is refused', async () => {
  assert.is(await upgradeStatus(address, { origin: 'https://evil.example' }), 403)
  assert.is(await upgradeStatus(address, { origin: 'null' }), 403)
  assert.is(await upgradeStatus(address, { origin: `http://127.0.0.1:${Number(port) + 1}` }), 403)
  assert.is(await upgradeStatus(address, { origin }), 101)
})

test('a foreign name for this machine is refused, for files and for the socket', async () => {
  for (const name of ['evil.example', `evil.example:${port}`, `127.0.0.1:${Number(port) + 1}`]) {
    assert.is(await upgradeStatus(address, { host: name, origin: `http://${name}` }), 421, name)
    const asked = request(origin, { headers: { host: name } })
    asked.end()
    const [response] = (await once(asked, 'response')) as [{ statusCode: number; resume(): void }]
    response.resume()
    assert.is(response.statusCode, 421, name)
  }
})

test('malformed and huge messages close their own socket and no other', async () => {
  await using bystander = await openFace(await newAddress())
  assert.is(await closedAfter('x'.repeat(100 * 1024)), 1009)
  for (const [frame, code] of [
    ['{"kind":"run"', 4400],
    ['{"kind":"run","id":1,"command":"plugins.list","args":{"__proto__":{}}}', 4400],
    [`"${'x'.repeat(2 * 1024 * 1024)}"`, 1009],
  ] as const) {
    const face = await openFace(await newAddress())
    face.send(frame)
    assert.is(await face.closed, code)
  }
  assert.ok((await bystander.run('plugins.list')).data)
})

test('no secret is told on standard error, whatever the level', async () => {
  await using talker = await openProfile({ plugins: { 'log-console': { config: { level: 'trace' } } } })
  const talking = await talker.start(['--json'])
  const { address: own } = await talking.told()
  const face = await openFace(own)
  await face[Symbol.asyncDispose]()
  assert.is(await talking.stop(), 0)
  const log = talking.err.join('\n')
  assert.match(log, 'port-loopback')
  for (const secret of [new URL(own).hash.replace('#token=', ''), face.session]) assert.not.match(log, secret)
})

test.after(async () => {
  assert.is(await desktop.stop(), 0)
  await profile[Symbol.asyncDispose]()
})
test.run()
