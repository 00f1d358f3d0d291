import type { Contact } from '@palabre/sdk/contract/contacts'
import type { Change, OutboxRow } from '@palabre/sdk/contract/store'
import type { Batch } from './batch.ts'
import { decodeContent, encodeContent, type Content } from './content.ts'
import type { Core } from './stations.ts'
import { notice } from './notices.ts'
import { queued, textOf, unsealed } from './saying.ts'
import type { PeerState } from './peer-state.ts'
import { freshEpoch, type SealedRow } from './sealing.ts'

/** Something that waited was taken back: the rest goes in a numbering of its own, so that nobody waits for what will not come. */
export function renumbered(core: Core, contact: Contact, state: PeerState, batch: Batch): Promise<Resealed> {
  return resealed(core, contact, { ...state, epoch: freshEpoch(core, state), next: 0 }, batch)
}

/** Both people are told that a session was lost and begun anew. */
export function renewed(core: Core, contact: Contact, batch: Batch): () => void {
  const told = notice(core, contact, 'session-renewed')
  batch.push({ do: 'add', message: told })
  return () => void core.tellMessage('message', told.id)
}

interface Resealed {
  readonly state: PeerState
  done(): void
}

/**
 * Everything that waits for them, the greeting before it in place of what was told of us earlier, sealed anew in the same order in a
 * numbering that is new to them; the old envelopes are taken back.
 */
export async function resealed(
  core: Core,
  contact: Contact,
  state: PeerState,
  batch: Batch,
  greeting?: Content,
): Promise<Resealed> {
  const old = batch.outbox.rows(contact.id)
  const waiting = await plaintextsOf(batch, old)
  const greeted = (content: Content) => [{ content: encodeContent(content) }, ...waiting.filter((one) => !isCard(one))]
  const contents: readonly Plaintext[] = greeting === undefined ? waiting : greeted(greeting)
  let next = state
  const rows: SealedRow[] = []
  for (const { content, message, queuedAt } of contents) {
    const sealed = core.seal(next, content, { conversation: contact.id, message, ordered: true, queuedAt })
    next = sealed.state
    rows.push(...sealed.rows)
    if (message === undefined) batch.push(unsealed(sealed.rows, content))
  }
  batch.push(...old.flatMap(({ envelope }) => takenBack(envelope)))
  batch.push(...rows.map((row): Change => ({ do: 'enqueue', row })))
  return {
    state: next,
    done() {
      for (const { envelope } of old) core.outbox.remove(envelope)
      queued(core, contact.id, rows)
    },
  }
}

export const takenBack = (envelope: string): Change[] => [
  { do: 'dequeue', envelope },
  { do: 'remove', kind: 'held', key: `out/${envelope}` },
]

interface Plaintext {
  readonly content: Uint8Array
  readonly message?: string | undefined
  readonly queuedAt?: number
}

function isCard({ content, message }: Plaintext): boolean {
  const kind = message === undefined ? decodeContent(content)?.kind : 'text'
  return kind === 'hello' || kind === 'card'
}

/** Once for each content, however many envelopes it took. */
async function plaintextsOf(batch: Batch, rows: readonly OutboxRow[]): Promise<readonly Plaintext[]> {
  const contents: Plaintext[] = []
  const done = new Set<string>()
  for (const { envelope, message, queuedAt } of rows) {
    if (message !== undefined && done.has(message)) continue
    if (message !== undefined) done.add(message)
    const content = message === undefined ? await batch.record('held', `out/${envelope}`) : await textContent(batch, message)
    if (content !== undefined) contents.push({ content, message, queuedAt })
  }
  return contents
}

async function textContent(batch: Batch, id: string): Promise<Uint8Array | undefined> {
  const message = await batch.message(id)
  return message === undefined || message.deletedAt !== undefined ? undefined : encodeContent(textOf(message))
}
