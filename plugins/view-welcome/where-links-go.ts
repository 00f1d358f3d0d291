import { isPalabreError } from '@palabre/sdk'
import type { Port } from '@palabre/sdk/contract/port'

interface Sources {
  readonly port: Port
  readonly signal: AbortSignal
  after(ms: number, fn: () => void): Disposable
  /** This machine lets a person choose where links go. */
  known(): void
}

const retryMs = 1_000

/** Asks once; while the kernel cannot say, later again. */
export async function whereLinksGo(sources: Sources): Promise<void> {
  const { port, signal, after, known } = sources
  try {
    const { links } = (await port.run('arrival.links', {}, { signal })).data as { links: string }
    if (!signal.aborted && links !== 'unknown') known()
  } catch (error) {
    if (signal.aborted || (isPalabreError(error) && ['unknown-command', 'switched-off'].includes(error.code))) return
    after(retryMs, () => void whereLinksGo(sources))
  }
}
