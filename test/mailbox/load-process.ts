// Some of many peers, in a process of their own. `talk LINK SECONDS FIRST COUNT OF` exchanges blocks in a ring; `idle ADDRESS COUNT`
// only connects, and stays until it is told to end.
import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { tell } from '../bench/own-process.ts'
import { openBareNode } from '../network/bare-node.ts'
import type { WireClient, WireQueue } from './wire-client.ts'
import { startWireNode, type WireNode } from './wire-node.ts'

/** What one process has seen. */
export interface Talked {
  readonly kept: readonly string[]
  readonly came: readonly string[]
  /** Milliseconds from asking to the answer that a block is kept. */
  readonly waits: readonly number[]
}

const [what, where = '', ...numbers] = process.argv.slice(2)
if (what === 'talk') await talk(numbers.map(Number))
else await idle(Number(numbers[0]))

async function talk([seconds = 0, first = 0, count = 0, of = 0]: readonly number[]): Promise<void> {
  const [kept, waits]: [string[], number[]] = [[], []]
  const came = new Set<string>()
  const peers = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const node = await startWireNode()
      const client = await node.open(where)
      const slot = await client.create(queueOf(first + index, node))
      await client.collect(slot, (name, block) => {
        came.add(idOf(block))
        client.acknowledge(slot, name).catch(() => undefined)
      })
      return { node, client, to: (first + index + 1) % of }
    }),
  )
  await tell({ ready: true })
  await new Promise((resolve) => process.once('message', resolve))
  const until = performance.now() + seconds * 1_000
  await Promise.all(
    peers.map(async ({ node, client, to }) => {
      const slot = await client.claim('sender', queueOf(to, node))
      while (performance.now() < until) {
        const block = node.primitives.randomBytes(16_384)
        const asked = performance.now()
        await client.deposit(slot, block)
        waits.push(performance.now() - asked)
        kept.push(idOf(block))
        await sleep(500)
      }
    }),
  )
  await tell({ deposited: true })
  // Those who collect stay until everybody has what was meant for them.
  await new Promise((resolve) => process.once('message', resolve))
  await tell({ kept, came: [...came], waits } satisfies Talked)
  await Promise.all(peers.map(({ client }: { client: WireClient }) => client.close()))
  process.exit()
}

async function idle(count: number): Promise<void> {
  const nodes = await Promise.all(Array.from({ length: 4 }, () => openBareNode()))
  for (let index = 0; index < count; index++) await nodes[index % nodes.length]!.connect(where)
  await tell({ connected: count })
  await new Promise((resolve) => process.once('message', resolve))
  process.exit()
}

/** Everybody makes the same queues out of their numbers, so that nobody has to be told. */
function queueOf(index: number, { primitives }: WireNode): WireQueue {
  const bytes = (label: string) => createHash('sha256').update(`${label} ${index}`).digest()
  return {
    recipient: bytes('recipient').subarray(0, 16),
    sender: bytes('sender').subarray(0, 16),
    mine: primitives.ed25519.generate(bytes('mine')),
    theirs: primitives.ed25519.generate(bytes('theirs')),
  }
}

function idOf(block: Uint8Array): string {
  return Buffer.from(block.subarray(0, 12)).toString('base64')
}
