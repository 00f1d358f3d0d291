import type { BootJournal, Kernel, SettingsChange } from '@palabre/kernel'
import type { HostKind } from '../manifest.ts'
import type { FakeClock } from './fake-clock.ts'
import type { TestPlugin } from './test-plugin.ts'

export interface TestKernelOptions {
  readonly plugins: readonly TestPlugin[]
  readonly clock: FakeClock
  readonly host?: HostKind
  /** Plugins that are found and switched off; all others are on. */
  readonly off?: readonly string[]
  readonly config?: Readonly<Record<string, object>>
  readonly bindings?: Readonly<Record<string, string | readonly string[]>>
  readonly journal?: BootJournal
  remember?(change: SettingsChange): Promise<void>
  within?<T>(plugin: string, fn: () => T): T
}

/** A real kernel that has not started yet, on a clock that stands still; `settingsOf` writes the plugins.json for `apply`. */
export async function openTestKernel({ plugins, clock, host = 'cli', ...options }: TestKernelOptions): Promise<Kernel> {
  const { createKernel } = await import('@palabre/kernel')
  return createKernel({
    ...options,
    host,
    timers: clock,
    catalog: plugins.map(({ manifest, load }) => ({ id: manifest.id, source: `${manifest.id} (test)`, manifest, load })),
    settings: await settingsOf(plugins, options),
  })
}

export async function settingsOf(
  plugins: readonly TestPlugin[],
  { off = [], config = {}, bindings = {} }: Pick<TestKernelOptions, 'off' | 'config' | 'bindings'>,
) {
  const { readSettings } = await import('@palabre/kernel')
  const entry = ({ manifest: { id } }: TestPlugin) => [id, { enabled: !off.includes(id), config: config[id] ?? {} }]
  const json = JSON.stringify({ plugins: Object.fromEntries(plugins.map(entry)), bindings })
  return readSettings([{ source: 'test', json }])
}
