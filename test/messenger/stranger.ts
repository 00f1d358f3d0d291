import type { Link } from '@palabre/sdk/contract/link'
import { Network } from '@palabre/sdk/contract/network'
import { startTestHost } from '@palabre/sdk/testkit'
import { join } from 'node:path'

const pluginAt = (id: string) => join(import.meta.dirname, '../../plugins', id)

/** A node that speaks the wire of messages and belongs to nobody. */
export async function openStranger() {
  const host = await startTestHost({
    plugins: ['clock-system', 'overlay-memory-none', 'network-libp2p', 'transport-tcp', 'channel-noise', 'primitives-node'].map(
      pluginAt,
    ),
    config: { 'transport-tcp': { listen: [] } },
    lend: { network: Network },
    besideOthers: true,
  })
  return { network: host.lent.network, [Symbol.asyncDispose]: () => host.stop() }
}

export const envelopeOf = (id: Uint8Array, sealed: Uint8Array) => Uint8Array.from([1, 1, ...id, ...sealed])
export const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))

/** What comes on a link, until it ends. */
export async function answersOn(link: Link): Promise<Uint8Array[]> {
  const answers: Uint8Array[] = []
  try {
    for await (const frame of link.frames) answers.push(frame)
  } catch {
    // Ended.
  }
  return answers
}
