import { mailboxWire } from '@palabre/sdk/contract/mailbox-wire'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import { newWireQueue, type WireClient } from '../../mailbox/wire-client.ts'

/** Fills queues and empties them again; each says how many milliseconds a block took. */
export interface BoxUser {
  deposit(): Promise<number>
  /** What the last one deposited. */
  collect(): Promise<number>
}

export const blocksOfRound = 1_024
const ofQueue = 128

export function createBoxUser(client: WireClient, primitives: Primitives): BoxUser {
  let filled: number[] = []

  async function newQueue(): Promise<{ readonly from: number; readonly into: number }> {
    const queue = newWireQueue(primitives)
    return { from: await client.create(queue), into: await client.claim('sender', queue) }
  }

  return {
    async deposit() {
      const queues = await Promise.all(Array.from({ length: blocksOfRound / ofQueue }, newQueue))
      filled = queues.map(({ from }) => from)
      const blocks = Array.from({ length: blocksOfRound }, () => primitives.randomBytes(mailboxWire.block))
      const begun = performance.now()
      await Promise.all(blocks.map((block, index) => client.deposit(queues[index % queues.length]!.into, block)))
      return (performance.now() - begun) / blocksOfRound
    },
    async collect() {
      const acknowledged: Promise<void>[] = []
      const all = Promise.withResolvers<void>()
      const begun = performance.now()
      for (const slot of filled) {
        await client.collect(slot, (name) => {
          if (acknowledged.push(client.acknowledge(slot, name)) === blocksOfRound) all.resolve()
        })
      }
      await all.promise
      await Promise.all(acknowledged)
      return (performance.now() - begun) / blocksOfRound
    },
  }
}
