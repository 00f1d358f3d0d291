import { Network } from '../contract/network.ts'
import { LogSink, type LogRecord } from '../contract/log.ts'
import { definePlugin } from '../plugin.ts'
import { fakeClock } from '../testkit/fake-clock.ts'
import { watchLeaks } from '../testkit/leak-watch.ts'
import { pluginFolder } from '../testkit/plugin-folder.ts'
import { openTestKernel } from '../testkit/test-kernel.ts'
import { testPlugin, type TestPlugin } from '../testkit/test-plugin.ts'
import type { Open } from './law.ts'
import type { TransportSubject } from './transport-subject.ts'

export interface PairOptions {
  /** Folders of plugins, or plugins made with `testPlugin`: the transport, what else a network needs, and a clock that runs. */
  readonly plugins: readonly (string | TestPlugin)[]
  /** The id of the one under test, and what the transport calls itself. */
  readonly plugin: string
  readonly transport: string
  /** Settings by plugin id; `there`, those of the other end in their place. */
  readonly config?: Readonly<Record<string, object>>
  readonly there?: Readonly<Record<string, object>>
  /** Plugins that are switched off at one end. */
  readonly offHere?: readonly string[]
  readonly offThere?: readonly string[]
  /** For this pair, closed after it; see `TransportSubject`. */
  around(): Promise<Pick<TransportSubject, 'nobody' | 'silent'> & { close?(): Promise<void> }>
}

/** Two kernels in one process, each with a network that has nothing but these plugins; fails when they leave something behind. */
export function pairOver(options: PairOptions): Open<TransportSubject> {
  const { plugins, plugin, transport, config = {}, around } = options
  return async () => {
    const given = await Promise.all(plugins.map(async (one) => (typeof one === 'string' ? pluginFolder(one) : one)))
    const watch = watchLeaks()
    const opened: (() => Promise<void>)[] = []
    const close = async () => {
      await Promise.all(opened.map((stop) => stop()))
      const leaks = (await watch.leaks()).filter((one) => !endsByItself(one))
      watch.end()
      if (leaks.length > 0) throw new Error(`left behind:\n  ${leaks.join('\n  ')}`)
    }
    try {
      const { nobody, silent, close: leave } = await around()
      if (leave !== undefined) opened.push(leave)
      const [here, there] = [
        await openEnd({ plugins: given, config, off: options.offHere ?? [], opened }),
        await openEnd({ plugins: given, config: options.there ?? config, off: options.offThere ?? [], opened }),
      ]
      if (there.network.addresses().length === 0) throw new Error(`does not listen: ${there.said()}`)
      const subject: TransportSubject = {
        transport,
        here: here.network,
        there: there.network,
        nobody,
        silent,
        off: async () => void (await there.plugins.disable(plugin)),
        on: async () => void (await there.plugins.enable(plugin)),
      }
      return { subject, close }
    } catch (error) {
      await close().catch(() => undefined)
      throw error
    }
  }
}

/** The ecosystem forgets whom it counted a second after it stopped. What it leaves open is seen as a handle. */
const endsByItself = (leak: string) => leak.startsWith('a timer') && leak.includes('/node_modules/')

interface End {
  readonly plugins: readonly TestPlugin[]
  readonly config: Readonly<Record<string, object>>
  readonly off: readonly string[]
  readonly opened: (() => Promise<void>)[]
}

async function openEnd({ plugins, config, off, opened }: End) {
  const log: LogRecord[] = []
  const held: { network?: Network } = {}
  const sink = testPlugin(
    'test-eyes',
    definePlugin({ provides: { sink: LogSink }, start: () => ({ sink: { write: (one) => void log.push(one) } }) }),
  )
  const hands = definePlugin({ needs: { network: Network }, start: ({ network }) => void (held.network = network) })
  const kernel = await openTestKernel({
    plugins: [...plugins, sink, testPlugin('test-hands', hands)],
    clock: fakeClock(),
    off,
    config: { ...config, 'network-libp2p': { inboundPerSecond: 100_000, discover: false, ...config['network-libp2p'] } },
  })
  opened.push(() => kernel.stop())
  await kernel.start()
  const said = () => log.map(({ message, fields }) => `${message} ${JSON.stringify(fields)}`).join('; ')
  if (held.network === undefined) throw new Error(`no network: ${kernel.plugins.why('test-hands').plugin.reason?.en ?? said()}`)
  await held.network.ready()
  return { network: held.network, plugins: kernel.plugins, said }
}
