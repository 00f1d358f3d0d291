import { toHex } from '@palabre/sdk'
import type { Contact } from '@palabre/sdk/contract/contacts'
import type { NewMessage } from '@palabre/sdk/contract/store'
import type { Core } from './stations.ts'

/**
 * What the program itself has to say in a conversation, as a key that a face translates: `session-renewed`, `gap/3`, `fuse-on-by-them/60000`.
 */
export function notice(core: Pick<Core, 'clock' | 'primitives'>, contact: Pick<Contact, 'id'>, key: string): NewMessage {
  const now = core.clock.now()
  return {
    id: toHex(core.primitives.randomBytes(16)),
    conversation: contact.id,
    author: '',
    mine: false,
    kind: 'notice',
    text: key,
    sentAt: now,
    receivedAt: now,
    // Nothing that a person must have seen.
    state: 'read',
  }
}
