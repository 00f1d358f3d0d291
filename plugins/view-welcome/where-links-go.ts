import type { Port } from '@palabre/sdk/contract/port'
import { askPort } from '@palabre/sdk/contract/port-follow'

interface Sources {
  readonly port: Port
  readonly signal: AbortSignal
  after(ms: number, fn: () => void): Disposable
  /** This machine lets a person choose where links go. */
  known(): void
}

/** Asks once. Where nothing knows of links there is nothing to choose. */
export async function whereLinksGo({ port, signal, after, known }: Sources): Promise<void> {
  const answers = ['unknown-command'] as const
  const answer = await askPort({ port, command: 'arrival.links', signal, after, answers }).catch(() => undefined)
  if (answer !== undefined && (answer as { links: string }).links !== 'unknown') known()
}
