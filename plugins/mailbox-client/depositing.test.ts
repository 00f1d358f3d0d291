import type { ByteStream } from '@palabre/sdk/contract/byte-stream'
import { encodeAnswer } from '@palabre/sdk/contract/mailbox-wire'
import type { Network } from '@palabre/sdk/contract/network'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { isPalabreError, toHex } from '@palabre/sdk'
import { fakeClock, settled, startTestHost, streamPair } from '@palabre/sdk/testkit'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createDepositor } from './depositing.ts'
import { limits } from './limits.ts'

/** A depositor, and the mailbox’s end of each stream that it opens. */
async function openDepositor() {
  const host = await startTestHost({ plugins: [join(import.meta.dirname, '../primitives-node')], lend: { primitives: Primitives } })
  const { primitives } = host.lent
  const stopping = new AbortController()
  const clock = fakeClock()
  const mailboxes: ByteStream[] = []
  const network = {
    links: () => [{ peer: 'box', state: 'up' }],
    async open() {
      const [here, there] = streamPair('box')
      mailboxes.push(there)
      await there.write(encodeAnswer({ kind: 'hello', nonce: new Uint8Array(32) }))
      return here
    },
  } as unknown as Network
  const address = {
    relay: { peer: 'box', addresses: [] },
    sender: new Uint8Array(16),
    seed: primitives.randomBytes(32),
    seal: primitives.x25519.generate().publicKey,
    keeps: limits.kept,
  }
  const depositor = createDepositor({ network, primitives, clock, signal: stopping.signal })
  const deposit = () => depositor.deposit(address, [{ kind: 'envelope', id: toHex(new Uint8Array(16)), sealed: new Uint8Array(1) }])
  const close = async () => {
    depositor.close()
    stopping.abort()
    await host.stop()
  }
  return { clock, mailboxes, deposit, [Symbol.asyncDispose]: close }
}

test('a stream that its mailbox ends is told at once, and leaves nothing that goes on', async () => {
  await using opened = await openDepositor()
  const ended = opened.deposit().catch((error: unknown) => error)
  await settled()
  opened.mailboxes[0]!.abort()
  const error = await ended
  assert.ok(isPalabreError(error) && error.code === 'unreachable', String(error))
  // Hangs if anybody asks again and again whether the stream that is over has been idle for long enough.
  await settled()
  await opened.clock.advance(limits.idle)
  assert.is(opened.mailboxes.length, 1)
})

test.run()
