import { Clock } from '@palabre/sdk/contract/clock'
import { mailboxWire } from '@palabre/sdk/contract/mailbox-wire'
import { Network } from '@palabre/sdk/contract/network'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { readRelayLink } from '@palabre/sdk/contract/relay-link'
import { startTestHost } from '@palabre/sdk/testkit'
import { join } from 'node:path'
import { openWireClient, type WireClient } from './wire-client.ts'

/** A node of the overlay that dials only, and speaks to mailboxes over the real network. */
export interface WireNode extends AsyncDisposable {
  readonly network: Network
  readonly primitives: Primitives
  readonly clock: Clock
  open(link: string): Promise<WireClient>
}

const plugins = ['clock-system', 'primitives-node', 'overlay-memory-none', 'network-libp2p', 'transport-tcp', 'channel-noise']

export async function startWireNode(more: readonly string[] = [], listen: readonly string[] = []): Promise<WireNode> {
  const host = await startTestHost({
    plugins: [...plugins, ...more].map((id) => join(import.meta.dirname, '../../plugins', id)),
    config: { 'transport-tcp': { listen } },
    lend: { network: Network, primitives: Primitives, clock: Clock },
    besideOthers: true,
  })
  const { network, primitives, clock } = host.lent
  await network.ready()
  return {
    network,
    primitives,
    clock,
    async open(link) {
      const { peer, addresses } = readRelayLink(link)!
      await network.dial(addresses.map((address) => `${address}/p2p/${peer}`))
      return openWireClient(await network.open(peer, mailboxWire.protocol), primitives)
    },
    [Symbol.asyncDispose]: () => host.stop(),
  }
}
