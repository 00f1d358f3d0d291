import type { Port } from '@palabre/sdk/contract/port'
import { askPort } from '@palabre/sdk/contract/port-follow'

interface Sources {
  readonly port: Port
  readonly signal: AbortSignal
  after(ms: number, fn: () => void): Disposable
  /** The person has no name yet. */
  nameless(): void
  named(): void
}

/** Asks once whether the person has a name. Where nothing knows of names there is nothing to begin with. */
export async function untilKnown({ port, signal, after, nameless, named }: Sources): Promise<void> {
  const answer = await askPort({ port, command: 'id.name', signal, after, answers: ['unknown-command'] }).catch(() => undefined)
  if (answer === undefined) return
  if ((answer as { name: string }).name === '') nameless()
  else named()
}
