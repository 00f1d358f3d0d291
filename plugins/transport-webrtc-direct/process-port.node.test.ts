import { createSocket } from 'node:dgram'
import type { IceUdpMuxRequest } from 'node-datachannel'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { isPalabreError } from '@palabre/sdk'
import { openProcessPort } from './process-port.node.ts'

test('a port once closed is deaf, and whoever opens it next hears', async () => {
  const first = createEar()
  const one = await openProcessPort('127.0.0.1', 0, first.take)
  await using caller = openCaller(one.port)
  caller.calls('A')
  await first.hears('A')
  one.close()
  caller.calls('B')
  const second = createEar()
  const again = await openProcessPort('127.0.0.1', one.port, second.take)
  caller.calls('C')
  await second.hears('C')
  again.close()
  assert.equal([first.heard.has('C'), again.port], [false, one.port])
})

test('it is the only one: another address, another port or a second owner is refused', async () => {
  const one = await openProcessPort('127.0.0.1', 0, () => undefined)
  const refused = async (host: string, port: number) => {
    const error = await openProcessPort(host, port, () => undefined).catch((error: unknown) => error)
    assert.ok(isPalabreError(error) && error.code === 'bad-settings', `${host} ${port}: ${String(error)}`)
  }
  await refused('127.0.0.1', 0)
  one.close()
  await refused('127.0.0.2', 0)
  await refused('127.0.0.1', one.port === 1024 ? 1025 : 1024)
})

function createEar() {
  const heard = new Set<string>()
  let told = () => {}
  return {
    heard,
    take: ({ ufrag }: IceUdpMuxRequest) => {
      heard.add(ufrag)
      told()
    },
    hears: (who: string) =>
      new Promise<void>((done) => {
        told = () => heard.has(who) && done()
        told()
      }),
  }
}

/** Asks as ICE does (RFC 8489 §5): a binding request with a name, and something in the place of the proof. */
function openCaller(port: number) {
  const socket = createSocket('udp4')
  return {
    calls(who: string) {
      const attributes = Buffer.concat([attribute(0x0006, Buffer.from(`${who}:${who}`)), attribute(0x0008, Buffer.alloc(20))])
      const head = Buffer.alloc(20)
      head.writeUInt16BE(0x0001)
      head.writeUInt16BE(attributes.length, 2)
      head.writeUInt32BE(0x2112a442, 4)
      socket.send(Buffer.concat([head, attributes]), port, '127.0.0.1')
    },
    [Symbol.asyncDispose]: () => new Promise<void>((done) => socket.close(() => done())),
  }
}

function attribute(type: number, value: Buffer): Buffer {
  const padded = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4)
  padded.writeUInt16BE(type)
  padded.writeUInt16BE(value.length, 2)
  value.copy(padded, 4)
  return padded
}

test.run()
