import { toHex, utf8 } from '@palabre/sdk'
import type { Admission, Contact, Contacts, Hello, Invite, InviteSays, OpenInvite } from '@palabre/sdk/contract/contacts'
import { encodeInviteBody, inviteLink, readInviteLink, type InviteBody } from '@palabre/sdk/contract/invite-wire'
import type { Change } from '@palabre/sdk/contract/store'
import type { BookSources } from './book-sources.ts'
import { faults } from './faults.ts'
import { limits } from './limits.ts'
import { cleanName } from './names.ts'
import type { People } from './people.ts'

const day = 24 * 60 * 60 * 1000

export interface Invites {
  readonly create: Contacts['createInvite']
  open(): readonly OpenInvite[]
  link(id: string): string | undefined
  readonly revoke: Contacts['revokeInvite']
  read(said: string): InviteSays
  readonly accept: Contacts['acceptInvite']
  readonly admit: Contacts['admit']
}

/** Those of before the link was kept have none. */
type KeptInvite = OpenInvite & Partial<Pick<Invite, 'link'>>

interface InviteSources extends BookSources {
  readonly people: People
  myName(): Promise<string>
}

export async function openInvites(sources: InviteSources): Promise<Invites> {
  const { store, identity, keyring, primitives, clock, people, log } = sources
  const open = new Map<string, KeptInvite>()
  for (const { key, value } of await store.records('invite')) {
    const invite = JSON.parse(utf8.decode(value) ?? 'null') as KeptInvite | null
    if (invite === null) log.error('an invite could not be read', { invite: key })
    else open.set(key, invite)
  }

  const holds = ({ expiresAt, usesLeft }: OpenInvite) => usesLeft > 0 && expiresAt > clock.now()

  return {
    async create({ name, days = sources.inviteDays, uses = 1, note = '' }) {
      if (open.size >= limits.openInvites) await forgetSpent()
      if (open.size >= limits.openInvites) throw faults.tooManyInvites(limits.openInvites)
      const createdAt = clock.now()
      const id = toHex(primitives.randomBytes(16))
      const expiresAt = createdAt + days * day
      const body: InviteBody = {
        key: identity.signingKey,
        id,
        expiresAt,
        name: cleanName(name ?? (await sources.myName())),
        // An invite that several may use holds no one-time key: the first would use it up.
        offers: await keyring.offers({ once: uses === 1 }),
        hints: await hintsFor(id, expiresAt),
      }
      const said = encodeInviteBody(body)
      const invite: Invite = {
        id: body.id,
        createdAt,
        expiresAt: body.expiresAt,
        usesLeft: uses,
        note: note.slice(0, limits.note),
        link: inviteLink(said, identity.sign('invite', said)),
      }
      await store.commit([keeping(invite)])
      open.set(invite.id, invite)
      return invite
    },
    open: () =>
      [...open.values()]
        .filter(holds)
        .toSorted((a, b) => b.createdAt - a.createdAt)
        .map(({ link: _link, ...invite }) => invite),
    link(id) {
      const invite = open.get(id)
      return invite !== undefined && holds(invite) ? invite.link : undefined
    },
    async revoke(id) {
      if (!open.has(id)) throw faults.noSuchInvite(id)
      await store.commit([{ do: 'remove', kind: 'invite', key: id }])
      open.delete(id)
    },
    read(said) {
      const { key, name, expiresAt } = checked(said)
      const id = identity.idOf(key)
      return { id, name: cleanName(name), expiresAt, known: people.get(id) !== undefined }
    },
    async accept(said, { name } = {}) {
      const invite = checked(said)
      const id = identity.idOf(invite.key)
      const known = people.get(id)
      if (known?.waiting === false) return known.accepted === invite.id ? known : people.keep(invitedAgain(known, invite))
      if (people.all().length >= limits.contacts) throw faults.tooMany(limits.contacts)
      return people.keep(invitedBy(invite, id, known, cleanName(name ?? '')))
    },
    admit: async (hello) => admit(hello),
  }

  async function hintsFor(invite: string, until: number): Promise<Record<string, unknown>> {
    const told = [...sources.routes].map(async (route) => [route.name, await route.hints({ invite, until })] as const)
    return Object.fromEntries(await Promise.all(told))
  }

  function checked(said: string): InviteBody {
    const invite = readInviteLink(said)
    if (invite === undefined) throw faults.noInvite()
    const { body } = invite
    if (!identity.verify(body.key, 'invite', invite.said, invite.signature)) throw faults.noInvite()
    if (identity.idOf(body.key) === identity.userId) throw faults.ownInvite()
    if (body.expiresAt <= clock.now()) throw faults.inviteOver(body.expiresAt)
    return body
  }

  function invitedBy(invite: InviteBody, id: Contact['id'], known: Contact | undefined, chosen: string): Contact {
    const theirName = cleanName(invite.name)
    const name = chosen || known?.name || theirName || id.slice(0, 12)
    const [best] = invite.offers
    if (best === undefined) throw faults.noInvite()
    return {
      id,
      key: invite.key,
      name,
      theirName,
      addedAt: known?.addedAt ?? clock.now(),
      verified: known?.verified ?? false,
      blocked: known?.blocked ?? false,
      policy: known?.policy ?? 'direct-allowed',
      suite: best.suite,
      hints: invite.hints,
      offer: best.offer,
      invite: invite.id,
      accepted: invite.id,
      waiting: true,
      suspect: people.namesake(name, id)?.id,
    }
  }

  /** They may have lost us since, with our session: what begins a new one is theirs of today, and shows that they want it. */
  function invitedAgain(known: Contact, { id, hints, offers }: InviteBody): Contact {
    const offer = offers.find(({ suite }) => suite === known.suite)?.offer
    return offer === undefined ? known : { ...known, hints, offer, invite: id, accepted: id }
  }

  function admit({ key, suite, invite: shown, name, hints, offer }: Hello): Admission | undefined {
    const id = identity.idOf(key)
    const known = people.get(id)
    const invite = open.get(shown)
    if (known === undefined && (invite === undefined || !holds(invite) || people.all().length >= limits.contacts)) return undefined
    const theirName = cleanName(name)
    const chosen = known?.name ?? (theirName || id.slice(0, 12))
    const contact: Contact = {
      id,
      key,
      name: chosen,
      theirName,
      addedAt: known?.addedAt ?? clock.now(),
      verified: known?.verified ?? false,
      blocked: known?.blocked ?? false,
      policy: known?.policy ?? 'direct-allowed',
      suite: known?.suite || suite,
      hints,
      offer,
      invite: undefined,
      waiting: false,
      accepted: known?.accepted,
      suspect: known === undefined ? people.namesake(chosen, id)?.id : known.suspect,
    }
    const used = known === undefined && invite !== undefined ? { ...invite, usesLeft: invite.usesLeft - 1 } : undefined
    return {
      contact,
      changes: [people.keeping(contact), ...(used === undefined ? [] : [keeping(used)])],
      kept() {
        if (used !== undefined) open.set(used.id, used)
        people.kept(contact)
      },
    }
  }

  async function forgetSpent(): Promise<void> {
    const spent = [...open.values()].filter((invite) => !holds(invite))
    await store.commit(spent.map(({ id }): Change => ({ do: 'remove', kind: 'invite', key: id })))
    for (const { id } of spent) open.delete(id)
  }
}

const keeping = (invite: KeptInvite): Change => ({
  do: 'put',
  kind: 'invite',
  key: invite.id,
  value: utf8.encode(JSON.stringify(invite)),
})
