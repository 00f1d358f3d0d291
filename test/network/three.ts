import * as assert from 'uvu/assert'
import { startNode, type TestNode } from './test-node.ts'

/** Listens nowhere itself. */
export const quiet = { 'transport-tcp': { listen: [] } }
/** At a relay, and nothing further. */
export const plain = (address: string) => address.includes('/p2p-circuit') && !address.includes('/webrtc')

/** A relay, and two who listen nowhere themselves; the first has a seat at it. */
export async function threeOf(parts: readonly string[], config: object = {}) {
  const relay = await startNode(['relay-circuit'])
  const anna = await startNode(['transport-relay', ...parts], {
    ...quiet,
    'transport-relay': { relays: relay.network.addresses() },
    ...config,
  })
  const boris = await startNode(['transport-relay', ...parts], { ...quiet, ...config })
  return {
    relay,
    anna,
    boris,
    async [Symbol.asyncDispose]() {
      await boris[Symbol.asyncDispose]()
      await anna[Symbol.asyncDispose]()
      await relay[Symbol.asyncDispose]()
    },
  }
}

/** One byte by the link there is, and it arrives. */
export async function says(from: TestNode, to: TestNode, byte: number): Promise<void> {
  const there = to.network.links().find(({ peer }) => peer === from.network.self)!
  await from.network
    .links()
    .find(({ peer }) => peer === to.network.self)!
    .send(Uint8Array.of(byte))
  const { value } = await there.frames[Symbol.asyncIterator]().next()
  assert.equal(value, Uint8Array.of(byte))
}
