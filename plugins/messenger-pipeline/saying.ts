import type { Contact } from '@palabre/sdk/contract/contacts'
import type { Change, NewMessage } from '@palabre/sdk/contract/store'
import type { Batch } from './batch.ts'
import { encodeContent, type Content } from './content.ts'
import { faults } from './faults.ts'
import type { PeerState } from './peer-state.ts'
import type { SealedRow } from './sealing.ts'
import type { Core } from './stations.ts'

/** Puts a content into the outbox; resolves when it is kept there. What `also` pushes is committed with it. */
export async function sendContent(core: Core, person: Contact, content: Content, also: readonly Change[] = []): Promise<void> {
  await core.lane(person.id).run((state, batch) => {
    batch.push(...also)
    return say(core, person, state, batch, content)
  })
}

/** Seals, and pushes rows and the plaintext that a repair would need, as one step of a lane. */
export function say(
  core: Core,
  person: Contact,
  state: PeerState | undefined,
  batch: Batch,
  content: Content,
  message?: string,
): { readonly state: PeerState; readonly value: undefined; done(): void } {
  if (state === undefined) throw faults.noSession(person.name)
  const bytes = encodeContent(content)
  const sealed = core.seal(state, bytes, { conversation: person.id, message, ordered: true })
  batch.push(...sealed.rows.map((row): Change => ({ do: 'enqueue', row })))
  if (message === undefined) batch.push(unsealed(sealed.rows, bytes))
  return {
    state: sealed.state,
    value: undefined,
    done: () => queued(core, person.id, sealed.rows),
  }
}

/** What no message row holds is kept beside the outbox, so that a session that was lost can be made good. */
export function unsealed(rows: readonly SealedRow[], content: Uint8Array): Change {
  return { do: 'put', kind: 'held', key: `out/${rows[0]!.envelope}`, value: content }
}

export function queued(core: Core, contact: string, rows: readonly SealedRow[]): void {
  core.outbox.add(rows)
  core.delivery.wake(contact)
}

export function textOf(message: Pick<NewMessage, 'id' | 'text' | 'sentAt' | 'replyTo' | 'fuse'>): Content {
  const { id, text, sentAt, replyTo, fuse } = message
  return { kind: 'text', id, text, at: sentAt, replyTo, fuse }
}
