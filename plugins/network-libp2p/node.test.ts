import { generateKeyPair } from '@libp2p/crypto/keys'
import type { MultiaddrConnection } from '@libp2p/interface'
import { multiaddrConnectionPair } from '@libp2p/utils'
import type { Clock } from '@palabre/sdk/contract/clock'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createHidden } from './hidden.ts'
import { createNames } from './names.ts'
import { startNode, stopNode } from './node.ts'

interface Upgrader {
  upgradeInbound(connection: MultiaddrConnection, options: { signal: AbortSignal }): Promise<void>
}

const clock = { sleep: async () => undefined } as unknown as Clock

test('who connects and never says a word is cut when the time of a handshake is over', async () => {
  const { names } = createNames()
  const key = await generateKeyPair('Ed25519')
  const sizes = { maxConnections: 9, inboundPerSecond: 9, handshake: 100 }
  const node = await startNode({
    ...sizes,
    key,
    names,
    hidden: createHidden(() => undefined),
    tells: () => false,
    gained: () => [],
  })
  const [ours] = multiaddrConnectionPair()
  // What it waits by does not keep a process alive.
  const awake = setInterval(() => undefined, 1_000)
  const begun = performance.now()
  const outcome: unknown = await (node.components.upgrader as unknown as Upgrader)
    .upgradeInbound(ours, { signal: new AbortController().signal })
    .catch((error: unknown) => error)
  const ms = performance.now() - begun
  assert.instance(outcome, Error)
  // By itself the ecosystem waits ten seconds.
  assert.ok(ms >= 90 && ms < 8_000, `${ms} ms`)
  clearInterval(awake)
  await stopNode(node, clock)
})

test.run()
