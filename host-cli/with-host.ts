import type { Globals } from './globals.ts'
import { untilInterrupted } from './interrupt.ts'
import { openNodeHost, type NodeHost } from './node-host.ts'

/** Starts a host, lets it be used, and stops it, come what may. Throws `Interrupted` without waiting for what was going on. */
export async function withHost(globals: Globals, use: (host: NodeHost, interrupted: AbortSignal) => Promise<void>): Promise<void> {
  using interrupt = untilInterrupted()
  const { profileDir, plugins: pluginsFile, profile, language } = globals
  const host = openNodeHost({ host: 'cli', profileDir, pluginsFile, profile, language })
  const work = async () => {
    await host.start()
    if (!interrupt.signal.aborted) await use(host, interrupt.signal)
  }
  try {
    await Promise.race([work(), interrupt.happened])
  } finally {
    await host.stop()
  }
}
