import { plural, text, type Text } from '@palabre/sdk'
import { reply, type CommandContext } from '@palabre/sdk/contract/command'
import type { Contacts, InviteSays, OpenInvite } from '@palabre/sdk/contract/contacts'
import type { ShortInvites } from '@palabre/sdk/contract/short-invites'
import { contactData } from './contact-data.ts'
import { terminalQr } from './terminal-qr.ts'

interface CreateArgs {
  readonly name?: string
  readonly days?: number
  readonly uses: number
  readonly note: string
}

export function inviteCommands(contacts: Contacts, short: () => ShortInvites | undefined) {
  const whole = async (invite: string, { signal }: CommandContext) => (await short()?.expand(invite, { signal })) ?? invite

  return {
    async create({ name, days, uses, note }: CreateArgs) {
      const invite = await contacts.createInvite({
        uses,
        note,
        ...(name === undefined ? {} : { name }),
        ...(days === undefined ? {} : { days }),
      })
      const code = short()?.shorten(invite)
      const said = createdText(invite.link, invite.expiresAt, uses)
      return code === undefined ? reply(invite, said) : reply({ ...invite, short: code }, withCode(said, code))
    },
    async accept({ invite, name }: { invite: string; name?: string }, context: CommandContext) {
      const contact = await contacts.acceptInvite(await whole(invite, context), name === undefined ? {} : { name })
      return reply(contactData(contact), acceptedText(contact.name, contact.waiting, contact.suspect !== undefined))
    },
    async read({ invite }: { invite: string }, context: CommandContext) {
      const says = await contacts.readInvite(await whole(invite, context))
      return reply(says, saysText(says))
    },
    async list() {
      const invites = await contacts.invites()
      return reply(invites, listText(invites))
    },
    async revoke({ id }: { id: string }) {
      await contacts.revokeInvite(id)
      return reply({ id }, text('Revoked: nobody can come in by it any more.', 'Révoquée : plus personne ne peut venir par elle.'))
    },
  }
}

function createdText(link: string, expiresAt: number, uses: number): Text {
  const day = dayOf(expiresAt)
  const people = plural(uses, {
    en: { one: 'one person', other: '# people' },
    fr: { one: 'une personne', other: '# personnes' },
  })
  return text(
    `${link}\n\nGive this link to the person you want to talk to. It holds for ${people.en}, until ${day}.\nThey accept it with: palabre invite accept LINK`,
    `${link}\n\nDonnez ce lien à la personne à qui vous voulez parler. Il vaut pour ${people.fr}, jusqu’au ${day}.\nElle l’accepte par : palabre invite accept LIEN`,
  )
}

function withCode({ en, fr }: Text, code: string): Text {
  const qr = terminalQr(code)
  return text(
    `${en}\n\nOr, while Palabre runs on both sides, the short form, to scan or to copy:\n\n${qr}\n\n${code}`,
    `${fr}\n\nOu, pendant que Palabre tourne des deux côtés, la forme courte, à scanner ou à copier :\n\n${qr}\n\n${code}`,
  )
}

function acceptedText(name: string, isWaiting: boolean, isSuspect: boolean): Text {
  if (isSuspect)
    return text(
      `Another contact of yours is called ${name}, under another key. Compare the safety number before you write: palabre contacts show`,
      `Un autre de vos contacts s’appelle ${name}, avec une autre clé. Comparez le numéro de sûreté avant d’écrire : palabre contacts show`,
    )
  if (!isWaiting) return text(`${name} is your contact already.`, `${name} est déjà votre contact.`)
  return text(
    `${name} is your contact. You can write at once: it waits here, or in their mailbox, until they are there.`,
    `${name} est votre contact. Vous pouvez écrire tout de suite : cela attend ici, ou dans sa boîte aux lettres, que la personne soit là.`,
  )
}

function saysText({ id, name, expiresAt, known }: InviteSays): Text {
  const day = dayOf(expiresAt)
  const who = name === '' ? id : `${name} (${id})`
  return text(
    `From ${who}, until ${day}.${known ? ' They are your contact already.' : ''}`,
    `De ${who}, jusqu’au ${day}.${known ? ' C’est déjà votre contact.' : ''}`,
  )
}

function listText(invites: readonly OpenInvite[]): Text {
  if (invites.length === 0) return text('No invite is open.', 'Aucune invitation n’est ouverte.')
  const rows = (until: string, left: string) =>
    invites
      .map(({ id, expiresAt, usesLeft, note }) => `${id}  ${until} ${dayOf(expiresAt)}  ${usesLeft} ${left}  ${note}`.trimEnd())
      .join('\n')
  return text(rows('until', 'left'), rows('jusqu’au', 'restant'))
}

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)
