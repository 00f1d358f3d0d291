import { resolve } from 'node:path'
import { definePlugin } from '@palabre/sdk'
import { LogSink, type LogRecord } from '@palabre/sdk/contract/log'
import { Network } from '@palabre/sdk/contract/network'
import { fakeClock, openTestKernel, pluginFolder, testPlugin } from '@palabre/sdk/testkit'

/** A node with real parts on loopback and a real clock; several share a process, so that each can be watched from here. */
export interface TestNode extends AsyncDisposable {
  readonly network: Network
  disable(plugin: string): Promise<unknown>
  enable(plugin: string): Promise<unknown>
  /** Resolves with the first record of the log that says so, old or new. */
  logged(message: string): Promise<LogRecord>
}

export async function startNode(parts: readonly string[], config: Readonly<Record<string, object>> = {}): Promise<TestNode> {
  const held: { network?: Network } = {}
  const log: LogRecord[] = []
  const readers = new Set<(record: LogRecord) => void>()
  const write = (record: LogRecord) => {
    log.push(record)
    for (const read of readers) read(record)
  }
  const ear = testPlugin('test-ear', definePlugin({ provides: { sink: LogSink }, start: () => ({ sink: { write } }) }))
  const hands = testPlugin(
    'test-hands',
    definePlugin({ needs: { network: Network }, start: ({ network }) => void (held.network = network) }),
  )
  const names = ['clock-system', 'overlay-memory-none', 'network-libp2p', 'transport-tcp', 'channel-noise', ...parts]
  const plugins = await Promise.all(names.map((name) => pluginFolder(resolve(import.meta.dirname, '../../plugins', name))))
  const kernel = await openTestKernel({
    plugins: [...plugins, hands, ear],
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
    disable: (plugin) => kernel.plugins.disable(plugin),
    enable: (plugin) => kernel.plugins.enable(plugin),
    logged: (message) =>
      new Promise((found) => {
        const read = (record: LogRecord) => {
          if (record.message !== message) return
          readers.delete(read)
          found(record)
        }
        readers.add(read)
        for (const record of log) read(record)
      }),
    [Symbol.asyncDispose]: () => kernel.stop(),
  }
}
