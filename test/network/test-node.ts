import { resolve } from 'node:path'
import { definePlugin } from '@palabre/sdk'
import { Network } from '@palabre/sdk/contract/network'
import { fakeClock, openTestKernel, pluginFolder, testPlugin } from '@palabre/sdk/testkit'

/** A node with real parts on loopback and a real clock; several share a process, so that each can be watched from here. */
export interface TestNode extends AsyncDisposable {
  readonly network: Network
  readonly log: readonly string[]
  disable(plugin: string): Promise<void>
}

export async function startNode(parts: readonly string[], config: Readonly<Record<string, object>> = {}): Promise<TestNode> {
  const held: { network?: Network } = {}
  const hands = testPlugin(
    'test-hands',
    definePlugin({ needs: { network: Network }, start: ({ network }) => void (held.network = network) }),
  )
  const names = ['clock-system', 'network-libp2p', 'transport-tcp', 'channel-noise', ...parts]
  const plugins = await Promise.all(names.map((name) => pluginFolder(resolve(import.meta.dirname, '../../plugins', name))))
  const kernel = await openTestKernel({
    plugins: [...plugins, hands],
    clock: fakeClock(),
    config: { 'transport-tcp': { listen: ['/ip4/127.0.0.1/tcp/0'] }, 'network-libp2p': { inboundPerSecond: 1_000 }, ...config },
  })
  await kernel.start()
  if (held.network === undefined) {
    const states = kernel.plugins.list().map(({ id, state, reason }) => `${id} ${state} ${reason?.en ?? ''}`)
    await kernel.stop()
    throw new Error(`no network: ${states.join('; ')}`)
  }
  await held.network.ready()
  return {
    network: held.network,
    log: [],
    disable: (plugin) => kernel.plugins.disable(plugin),
    [Symbol.asyncDispose]: () => kernel.stop(),
  }
}
