import { utf8 } from '@palabre/sdk'
import type { Contacts } from '@palabre/sdk/contract/contacts'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import type { Audience } from '@palabre/sdk/contract/route'
import type { UserId } from '@palabre/sdk/contract/identity'
import { limits } from './limits.ts'

/** Whom we wait for, and the secret of each. */
export interface Audiences {
  /** Undefined for a contact who must not see our address, or is not one. An invite is expected from now on until it is `made`. */
  secretFor(audience: Audience): Promise<Uint8Array | undefined>
  /** The book knows about this invite from now on, or never will. */
  made(invite: string): void
  /** A link to this contact stands or not. */
  present(contact: string, isThere: boolean): void
  /** The secrets of all who may come and are not there. */
  expected(): Promise<readonly Uint8Array[]>
}

export interface AudienceSources {
  /** From which all secrets follow; of this person alone. */
  readonly key: Uint8Array
  readonly primitives: Pick<Primitives, 'hmacSha256'>
  contacts(): Contacts | undefined
}

export function createAudiences({ key, primitives, contacts }: AudienceSources): Audiences {
  const there = new Set<string>()
  /** Invites that are being made: the book does not have them yet. */
  const young = new Set<string>()

  const secretOf = (kind: 'contact' | 'invite', id: string) => primitives.hmacSha256(key, utf8.encode(`${kind} ${id}`))

  return {
    async secretFor(audience) {
      if ('invite' in audience) {
        young.add(audience.invite)
        return secretOf('invite', audience.invite)
      }
      const contact = await contacts()?.get(audience.contact as UserId)
      return contact === undefined || contact.policy === 'relayed-only' ? undefined : secretOf('contact', audience.contact)
    },
    made: (invite) => void young.delete(invite),
    present(contact, isThere) {
      if (isThere) there.add(contact)
      else there.delete(contact)
    },
    async expected() {
      const [people, open] = await Promise.all([contacts()?.list() ?? [], contacts()?.invites() ?? []])
      const invites = new Set([...young, ...open.map(({ id }) => id)])
      return [
        ...people
          .filter(
            ({ id, blocked, policy, suspect }) => !blocked && policy !== 'relayed-only' && suspect === undefined && !there.has(id),
          )
          .toSorted((a, b) => b.addedAt - a.addedAt)
          .slice(0, limits.contacts)
          .map(({ id }) => secretOf('contact', id)),
        ...[...invites].slice(0, limits.invites).map((id) => secretOf('invite', id)),
      ]
    },
  }
}
