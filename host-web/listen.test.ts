import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isPalabreError } from '@palabre/sdk'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { listenForPage, usualPort } from './listen.ts'

const dir = mkdtempSync(join(tmpdir(), 'palabre-listen-'))
writeFileSync(join(dir, 'index.html'), 'bonjour')
test.after(() => rmSync(dir, { recursive: true }))

test('it says where it can be opened', async () => {
  await using page = await listenForPage(dir, { port: 0, host: '127.0.0.1' })
  assert.match(page.address, /^http:\/\/127\.0\.0\.1:\d+\/$/)
  assert.is(await (await fetch(page.address)).text(), 'bonjour')
})

test('listening for everybody, it names an address that this machine can open', async () => {
  await using page = await listenForPage(dir, { port: 0, host: '0.0.0.0' })
  assert.match(page.address, /^http:\/\/127\.0\.0\.1:\d+\/$/)
})

test('when somebody has the usual port, another is taken', async () => {
  await using taken = await occupy(usualPort)
  await using page = await listenForPage(dir, { port: undefined, host: '127.0.0.1' })
  assert.is.not(new URL(page.address).port, String(taken.port))
  assert.is((await fetch(page.address)).status, 200)
})

test('a port that was asked for and is taken is an error that says what to do', async () => {
  await using taken = await occupy(0)
  const error = await listenForPage(dir, { port: taken.port, host: '127.0.0.1' }).catch((thrown: unknown) => thrown)
  assert.ok(isPalabreError(error) && error.actor === 'caller')
  assert.match(error.text.en, `port ${taken.port} is taken`)
})

test('an address that is not of this machine is an error that names it', async () => {
  const error = await listenForPage(dir, { port: 0, host: '192.0.2.1' }).catch((thrown: unknown) => thrown)
  assert.ok(isPalabreError(error) && error.actor === 'caller')
  assert.match(error.text.fr, '192.0.2.1')
})

test('it closes while somebody is half-way through a question', async () => {
  const page = await listenForPage(dir, { port: 0, host: '127.0.0.1' })
  const socket = connect(Number(new URL(page.address).port), '127.0.0.1')
  await new Promise((resolve) => socket.write('GET /slow', resolve))
  // What was sent before this has been heard when it is answered.
  await (await fetch(page.address)).text()
  const closed = new Promise((resolve) => socket.once('close', resolve).on('error', () => undefined))
  await page[Symbol.asyncDispose]()
  await closed
})

test.run()

/** Somebody has this port; when another process was first, that is as good. */
async function occupy(port: number) {
  const server = createServer()
  const listening = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => resolve(true))
  })
  return {
    port: listening ? (server.address() as AddressInfo).port : port,
    [Symbol.asyncDispose]: async () => void (listening && (await new Promise((resolve) => server.close(resolve)))),
  }
}
