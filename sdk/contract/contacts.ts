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
  /** With all that was said. */
  remove(id: UserId): Promise<void>

  createInvite(options: {
    readonly name?: string
    readonly days?: number
    readonly uses?: number
    readonly note?: string
  }): Promise<Invite>
  invites(): Promise<readonly OpenInvite[]>
  /** Nobody can come in by it any more. */
  revokeInvite(id: string): Promise<void>
  /** What an invite says, checked, without accepting it. Fails with `bad-argument`, `denied` (over, or our own). */
  readInvite(said: string): Promise<InviteSays>
  /** Takes up what the invite offers; resolves when the contact and its first session are kept. Accepting twice gives the same contact. */
  acceptInvite(said: string, options?: { readonly name?: string }): Promise<Contact>

  /** For the messenger: the contact that a proved first message makes, and what must be committed with it; undefined when it may not come in. */
  admit(hello: Hello): Promise<{ readonly contact: Contact; readonly changes: readonly Change[] } | undefined>
  /** For the messenger: what else of a contact must be committed with other changes. The book is told when that is done. */
  changed(contact: Contact): Change
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
  /** By the name of the route. */
  readonly hints: Readonly<Record<string, unknown>>
  /** Their offer of last resort, for repair. */
  readonly offer?: Uint8Array | undefined
  /** We accepted their invite and have heard nothing yet, or they hold one of ours. */
  readonly waiting: boolean
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
