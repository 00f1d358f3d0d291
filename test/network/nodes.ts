import { resolve } from 'node:path'
import { Network } from '@palabre/sdk/contract/network'
import type { NetworkEvent } from '@palabre/sdk/contract/network'
import type { Kernel } from '@palabre/kernel'
import { definePlugin } from '@palabre/sdk'
import type { HostKind } from '@palabre/sdk'
import { fakeClock, openTestKernel, pluginFolder, testPlugin, type TestPlugin } from '@palabre/sdk/testkit'

/** A node of the overlay: a real kernel with the network's plugins, on this machine's own addresses only. */
export interface TestNode extends AsyncDisposable {
  readonly network: Network
  readonly kernel: Kernel
  /** The events so far, and those to come. */
  readonly events: readonly NetworkEvent[]
  /** Resolves at the first event, past ones included, for which this is true. */
  happened(what: (event: NetworkEvent) => boolean): Promise<NetworkEvent>
}

export interface NodeOptions {
  /** Names of transport plugins; TCP if not said. */
  readonly roads?: readonly Road[]
  /** Plugins beside them, by name or made in the test. */
  readonly plugins?: readonly (string | TestPlugin)[]
  readonly config?: Readonly<Record<string, object>>
  readonly host?: HostKind
  /** In place of the system's. */
  readonly clock?: TestPlugin
  /** In place of none. */
  readonly memory?: TestPlugin
}

export type Road = 'tcp' | 'quic' | 'websocket' | 'memory'

const listen: Record<Road, () => string> = {
  tcp: () => '/ip4/127.0.0.1/tcp/0',
  quic: () => '/ip4/127.0.0.1/udp/0/quic-v1',
  websocket: () => '/ip4/127.0.0.1/tcp/0/ws',
  memory: () => `/memory/${(memories++).toString()}`,
}
let memories = 0

const pluginOf = async (one: string | TestPlugin) => (typeof one === 'string' ? pluginFolder(folderOf(one)) : one)
export const folderOf = (name: string) => resolve(import.meta.dirname, '../../plugins', name)

export async function openNode(options: NodeOptions = {}): Promise<TestNode> {
  const { roads = ['tcp'], plugins = [], config = {}, host = 'cli', clock, memory } = options
  const names = ['network-libp2p', 'channel-noise', ...roads.map((road) => `transport-${road}`)]
  const held: { network?: Network } = {}
  const hands = definePlugin({ needs: { network: Network }, start: ({ network }) => void (held.network = network) })
  const kernel = await openTestKernel({
    clock: fakeClock(),
    host,
    plugins: [
      ...(await Promise.all(names.map(pluginOf))),
      ...(await Promise.all([memory ?? 'overlay-memory-none', clock ?? 'clock-system', ...plugins].map(pluginOf))),
      testPlugin('test-hands', hands),
    ],
    config: {
      ...Object.fromEntries(roads.map((road) => [`transport-${road}`, { listen: [listen[road]()] }])),
      ...config,
      'network-libp2p': { inboundPerSecond: 10_000, ...config['network-libp2p'] },
    },
  })
  await kernel.start()
  const network = held.network
  if (network === undefined)
    throw new Error(JSON.stringify(kernel.plugins.list().map(({ id, state, reason }) => [id, state, reason?.en])))
  const events: NetworkEvent[] = []
  const waiting = new Set<() => void>()
  network.watch((event) => {
    events.push(event)
    for (const look of waiting) look()
  })
  await network.ready()
  return {
    network,
    kernel,
    events,
    happened: (what) =>
      new Promise((found) => {
        const look = () => {
          const event = events.find(what)
          if (event === undefined) return
          waiting.delete(look)
          found(event)
        }
        waiting.add(look)
        look()
      }),
    [Symbol.asyncDispose]: () => kernel.stop(),
  }
}
