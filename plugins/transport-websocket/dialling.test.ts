import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { defaultLogger } from '@libp2p/logger'
import type { Names } from '@palabre/sdk/contract/resolver'
import { multiaddr } from '@multiformats/multiaddr'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { WebSocketServer } from 'ws'
import { openSocket as openInPage } from './open-socket.browser.ts'
import { openSocket as openInNode } from './open-socket.node.ts'
import { webSocketBy, type OpenSocket } from './websocket-transport.ts'

/** Knows one name that nobody else knows. */
function tree() {
  const asked: string[] = []
  const names: Names = {
    async addresses(host) {
      asked.push(host)
      return host === 'tree.invalid' ? [{ address: '127.0.0.1', family: 4 }] : []
    },
    texts: async () => [],
  }
  return { names, asked }
}

/** What a dial comes to, before anything is said through the socket. */
function dial(
  openSocket: OpenSocket,
  address: string,
  names = tree().names,
  signal = AbortSignal.timeout(5_000),
): Promise<unknown> {
  const transport = webSocketBy(openSocket)({ logger: defaultLogger(), events: new EventTarget() }, names)
  const upgraded = async (connection: { abort(error: Error): void }) => {
    connection.abort(new Error('far enough'))
    return 'far enough'
  }
  const upgrader = { upgradeOutbound: upgraded } as never
  return transport.dial(multiaddr(address), { signal, upgrader }).catch((error: unknown) => error)
}

async function listen() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  return {
    server,
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const client of server.clients) client.terminate()
      server.close()
      await once(server, 'close')
    },
  }
}

test('a socket of Node asks whom it is told to ask for the address of a name', async () => {
  await using server = await listen()
  const { names, asked } = tree()
  assert.is(await dial(openInNode, `/dns4/tree.invalid/tcp/${server.port}/ws`, names), 'far enough')
  const error = await dial(openInNode, `/dns4/stone.invalid/tcp/${server.port}/ws`, names)
  assert.match((error as Error).message, 'stone.invalid has no address')
  assert.match(String(await dial(openInNode, `/dns4/tree.invalid/tcp/${server.port}/tls/ws`, names)), /SSL|wrong version|EPROTO/i)
  assert.equal(asked, ['tree.invalid', 'stone.invalid', 'tree.invalid'])
})

for (const [where, openSocket] of [
  ['Node', openInNode],
  ['a page', openInPage],
] as const) {
  test(`in ${where} a dial reaches who is there, and fails with an Error where nobody is`, async () => {
    const server = await listen()
    const address = `/ip4/127.0.0.1/tcp/${server.port}/ws`
    assert.is(await dial(openSocket, address), 'far enough')
    await server[Symbol.asyncDispose]()
    const error = await dial(openSocket, address)
    assert.instance(error, Error)
    assert.ok((error as Error).message.length > 0)
  })
  test(`in ${where} a dial ends when it is cancelled, and leaves no socket`, async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const controller = new AbortController()
    const dialling = dial(
      openSocket,
      `/ip4/127.0.0.1/tcp/${(silent.address() as AddressInfo).port}/ws`,
      undefined,
      controller.signal,
    )
    const [socket] = await once(silent, 'connection')
    controller.abort(new Error('no longer wanted'))
    assert.match(((await dialling) as Error).message, 'no longer wanted')
    await once(
      socket.resume().on('error', () => undefined),
      'close',
    )
    silent.close()
    await once(silent, 'close')
  })
}

for (const [where, openSocket] of [
  ['Node', openInNode],
  ['a page', openInPage],
] as const) {
  test(`in ${where} a connection that is given up takes its socket along`, async () => {
    await using server = await listen()
    const arrived = once(server.server, 'connection')
    assert.is(await dial(openSocket, `/ip4/127.0.0.1/tcp/${server.port}/ws`), 'far enough')
    const [socket] = (await arrived) as [WebSocket]
    if (socket.readyState !== socket.CLOSED) await once(socket as never, 'close')
  })
}

test('a connection taken and given up takes its socket along', async () => {
  const transport = webSocketBy(openInNode)({ logger: defaultLogger(), events: new EventTarget() }, tree().names)
  const upgradeInbound = async (connection: { abort(error: Error): void }) => connection.abort(new Error('far enough'))
  const upgrader = {
    upgradeInbound,
    createInboundAbortSignal: (signal: AbortSignal) => Object.assign(AbortSignal.any([signal]), { clear() {} }),
  }
  const listener = transport.createListener({ upgrader: upgrader as never })
  await listener.listen(multiaddr('/ip4/127.0.0.1/tcp/0/ws'))
  const { port } = new URL(
    `http:${listener
      .getAddrs()[0]!
      .toString()
      .replace(/.*\/tcp\/(\d+).*/, '//x:$1')}`,
  )
  const socket = new WebSocket(`ws://127.0.0.1:${port}`)
  await new Promise((resolve) => socket.addEventListener('close', resolve))
  await listener.close()
})

test.run()
