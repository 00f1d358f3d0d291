import type { Port } from '@palabre/sdk/contract/port'
import { isPalabreError } from '@palabre/sdk'

interface Sources {
  readonly port: Port
  readonly signal: AbortSignal
  after(ms: number, fn: () => void): Disposable
  /** The person has no name yet. */
  nameless(): void
  named(): void
}

const retryMs = 1_000

/** Asks once whether the person has a name; while the kernel cannot say, later again. */
export async function untilKnown(sources: Sources): Promise<void> {
  const { port, signal, after, nameless, named } = sources
  try {
    const { name } = (await port.run('id.name', {}, { signal })).data as { name: string }
    if (signal.aborted) return
    if (name === '') nameless()
    else named()
  } catch (error) {
    // Where nothing knows of names there is nothing to begin with.
    if (signal.aborted || (isPalabreError(error) && error.code === 'unknown-command')) return
    after(retryMs, () => void untilKnown(sources))
  }
}
