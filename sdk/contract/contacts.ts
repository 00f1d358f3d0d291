import type { UserId } from './identity.ts'
import type { RoutePolicy } from './route.ts'
import type { Change } from './store.ts'
import { token } from '../token.ts'

/** People: who they are, how they came, whether their key was compared, and what they may do. */
export interface Contacts {
  list(): Promise<readonly Contact[]>
  get(id: UserId): Promise<Contact | undefined>
  /** By user id, by an unmistakable beginning of it, or by name. Fails with `bad-argument` naming who was meant when several fit or none. */
  find(said: string): Promise<Contact>
  rename(id: UserId, name: string): Promise<Contact>
  /** The person has compared the safety number. */
  verify(id: UserId, verified: boolean): Promise<Contact>
  /** Nothing they send is taken in any more, nothing is sent to them. */
  block(id: UserId, blocked: boolean): Promise<Contact>
  setPolicy(id: UserId, policy: RoutePolicy): Promise<Contact>
  /** The person says that a suspect key is right. */
  trust(id: UserId): Promise<Contact>
  /** With all that was said. */
  remove(id: UserId): Promise<void>

  createInvite(options: {
    readonly name?: string
    readonly days?: number
    readonly uses?: number
    readonly note?: string
  }): Promise<Invite>
  invites(): Promise<readonly OpenInvite[]>
  /** The link of an invite that somebody may still come in by; undefined for any other id. */
  inviteLink(id: string): Promise<string | undefined>
  /** Nobody can come in by it any more. */
  revokeInvite(id: string): Promise<void>
  /** What an invite says, checked, without accepting it. Fails with `bad-argument`, `denied` (over, or our own). */
  readInvite(said: string): Promise<InviteSays>
  /**
   * Resolves when the contact is kept; the messenger greets it, now or when the program runs next. Accepting twice gives the same
   * contact. Another invite of a contact's serves should they have forgotten us: the next session shows it.
   */
  acceptInvite(said: string, options?: { readonly name?: string }): Promise<Contact>

  /**
   * For the messenger: the contact that a proved first message makes, and what must be committed with it; `kept` is called then.
   * Undefined when it may not come in: the invite is unknown, over, used up or revoked.
   */
  admit(hello: Hello): Promise<Admission | undefined>
  /** For the messenger: what it learned of a contact. Kept; tells those who watch. */
  learn(id: UserId, learned: Learned): Promise<Contact>
  /** My own name, as invites and hellos tell it. Empty until the person has chosen one. */
  myName(): Promise<string>
  setMyName(name: string): Promise<void>
  export(): Promise<Uint8Array>
  /** Adds who is not known yet. Fails with `bad-argument` when it is no such file or was altered. */
  import(file: Uint8Array): Promise<{ readonly added: number; readonly known: number }>
  watch(fn: (change: { readonly kind: 'added' | 'changed' | 'removed'; readonly contact: Contact }) => void): Disposable
}

export interface Contact {
  readonly id: UserId
  /** Ed25519. */
  readonly key: Uint8Array
  /** As the person calls them; else as they call themselves. */
  readonly name: string
  readonly theirName: string
  readonly addedAt: number
  readonly verified: boolean
  readonly blocked: boolean
  readonly policy: RoutePolicy
  /** The suite spoken with them: the strongest so far. */
  readonly suite: string
  /** By the name of the route, or of what else they tell. */
  readonly hints: Readonly<Record<string, unknown>>
  /** What a session with them can be begun from: their invite's offer, later their offer of last resort. */
  readonly offer?: Uint8Array | undefined
  /** The invite of theirs by which we introduce ourselves, until they have answered. */
  readonly invite?: string | undefined
  /** The last invite of theirs that we accepted. */
  readonly accepted?: string | undefined
  /** We accepted their invite and have heard nothing of them yet. */
  readonly waiting: boolean
  /** Another contact went by this name under another key: nothing is sent until the person has decided. */
  readonly suspect?: UserId | undefined
}

export interface Invite extends OpenInvite {
  /** Everything after `#`: no server ever sees it. */
  readonly link: string
}

export interface OpenInvite {
  readonly id: string
  readonly createdAt: number
  readonly expiresAt: number
  readonly usesLeft: number
  readonly note: string
}

export interface InviteSays {
  readonly id: UserId
  readonly name: string
  readonly expiresAt: number
  readonly known: boolean
}

/** What a contact says of themselves inside the encryption. */
export interface Learned {
  readonly name?: string | undefined
  readonly hints?: Readonly<Record<string, unknown>> | undefined
  readonly offer?: Uint8Array | undefined
  /** They have answered: no longer waiting, the invite is used. */
  readonly answered?: boolean | undefined
}

export interface Admission {
  readonly contact: Contact
  readonly changes: readonly Change[]
  kept(): void
}

export interface Hello {
  /** The signing key that the suite has proved. */
  readonly key: Uint8Array
  readonly suite: string
  readonly invite: string
  readonly name: string
  readonly hints: Readonly<Record<string, unknown>>
  readonly offer: Uint8Array
}

export const Contacts = token<Contacts>('contacts')
