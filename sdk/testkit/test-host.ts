import { Clock } from '../contract/clock.ts'
import type { Commands } from '../contract/command.ts'
import { LogSink, type LogRecord } from '../contract/log.ts'
import type { Plugins } from '../contract/plugins.ts'
import type { HostKind } from '../manifest.ts'
import { definePlugin, type Lent, type Needs } from '../plugin.ts'
import { fakeClock, type FakeClock } from './fake-clock.ts'
import { watchLeaks } from './leak-watch.ts'
import { pluginFolder } from './plugin-folder.ts'
import { freshSeed, seededRandom, type SeededRandom } from './seeded-random.ts'
import { openTestKernel } from './test-kernel.ts'
import { testPlugin, type TestPlugin } from './test-plugin.ts'

export interface TestHostOptions<N extends Needs> {
  /** Folders of plugins (`import.meta.dirname`) or plugins made with `testPlugin`; all are switched on. */
  readonly plugins: readonly (string | TestPlugin)[]
  readonly config?: Readonly<Record<string, object>>
  readonly bindings?: Readonly<Record<string, string | readonly string[]>>
  readonly host?: HostKind
  /** What the test itself wants to hold: appears as `host.lent`. */
  readonly lend?: N
  readonly seed?: number
  /** Several hosts run side by side: what one leaves behind cannot be told from what another uses, so nobody looks. */
  readonly besideOthers?: boolean
}

/** A real kernel with chosen plugins, a clock that stands still, and an eye on what is left behind. */
export interface TestHost<N extends Needs> extends AsyncDisposable {
  readonly plugins: Plugins
  readonly commands: Commands
  readonly lent: Lent<N>
  readonly clock: FakeClock
  readonly random: SeededRandom
  readonly log: readonly LogRecord[]
  /** Stops everything; fails when a plugin left something behind. `await using` does it by itself. */
  stop(): Promise<void>
}

export async function startTestHost<const N extends Needs = Record<never, never>>(
  options: TestHostOptions<N>,
): Promise<TestHost<N>> {
  const clock = fakeClock()
  const random = seededRandom(options.seed ?? freshSeed())
  const log: LogRecord[] = []
  const held: { lent?: Lent<N> } = {}

  const chosen = await Promise.all(
    options.plugins.map(async (plugin) => (typeof plugin === 'string' ? pluginFolder(plugin) : plugin)),
  )
  const ownClock = chosen.some(({ manifest }) => manifest.provides?.includes('clock@1'))
  const all = [...chosen, eyes(log), hands(held, options.lend), ...(ownClock ? [] : [testPlugin('clock-fake', stillClock(clock))])]

  // Watching costs a stack for each thing that is opened.
  const watch = options.besideOthers === true ? undefined : watchLeaks()
  const { lend: _lend, besideOthers: _besideOthers, ...kernelOptions } = options
  const kernel = await openTestKernel({ ...kernelOptions, plugins: all, clock }).catch((error: unknown) => {
    watch?.end()
    throw error
  })

  let stopped = false
  const stop = async () => {
    if (stopped) return
    stopped = true
    await kernel.stop()
    const leaks = (await watch?.leaks()) ?? []
    watch?.end()
    if (leaks.length > 0) throw new Error(`left behind (seed ${random.seed}):\n  ${leaks.join('\n  ')}`)
  }

  await kernel.start()
  if (held.lent === undefined) {
    const reason = kernel.plugins.why('test-hands').plugin.reason
    await stop()
    throw new Error(`the test host cannot lend what the test asks for: ${reason?.en ?? 'unknown'}`)
  }
  return {
    plugins: kernel.plugins,
    commands: kernel.commands,
    lent: held.lent,
    clock,
    random,
    log,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

function stillClock(clock: FakeClock) {
  return definePlugin({ provides: { clock: Clock }, start: () => ({ clock }) })
}

function eyes(log: LogRecord[]): TestPlugin {
  const sink: LogSink = { write: (record) => void log.push(record) }
  return testPlugin('test-eyes', definePlugin({ provides: { sink: LogSink }, start: () => ({ sink }) }))
}

function hands<N extends Needs>(held: { lent?: Lent<N> }, lend: N | undefined): TestPlugin {
  const plugin = definePlugin({
    needs: lend ?? {},
    start(lent) {
      held.lent = lent as Lent<N>
    },
  })
  return testPlugin('test-hands', plugin)
}
