import { follow, PalabreError, text, utf8, type Text } from '@palabre/sdk'
import { reply, type CommandContext, type Reply } from '@palabre/sdk/contract/command'
import type { Contact, Contacts } from '@palabre/sdk/contract/contacts'
import type { Identity, UserId } from '@palabre/sdk/contract/identity'
import type { Standing } from '@palabre/sdk/contract/mail-friends'
import type { RoutePolicy } from '@palabre/sdk/contract/route'
import { contactData } from './contact-data.ts'

interface Whom {
  readonly contact: string
}

export function contactCommands(contacts: Contacts, identity: Identity, standingOf: (id: UserId) => Standing) {
  const changed = async ({ contact }: Whom, change: (one: Contact) => Promise<Contact>, says: (name: string) => Text) => {
    const now = await change(await contacts.find(contact))
    return reply(contactData(now), says(now.name))
  }

  return {
    async list() {
      const all = await contacts.list()
      return reply(all.map(contactData), listText(all, standingOf))
    },
    async show({ contact }: Whom) {
      const one = await contacts.find(contact)
      const safetyNumber = identity.safetyNumber(one.key)
      const mail = standingOf(one.id)
      return reply({ ...contactData(one), safetyNumber, mail }, showText(one, safetyNumber, mail))
    },
    rename: ({ contact, name }: Whom & { name: string }) =>
      changed(
        { contact },
        ({ id }) => contacts.rename(id, name),
        (now) => text(`Called ${now} now.`, `S’appelle ${now} maintenant.`),
      ),
    verify: ({ contact, undo }: Whom & { undo: boolean }) =>
      changed(
        { contact },
        ({ id }) => contacts.verify(id, !undo),
        (name) =>
          undo
            ? text(`${name} is not verified any more.`, `${name} n’est plus vérifié.`)
            : text(`${name} is verified.`, `${name} est vérifié.`),
      ),
    trust: (whom: Whom) =>
      changed(
        whom,
        ({ id }) => contacts.trust(id),
        (name) => text(`You can write to ${name}.`, `Vous pouvez écrire à ${name}.`),
      ),
    block: (whom: Whom) =>
      changed(
        whom,
        ({ id }) => contacts.block(id, true),
        (name) => text(`${name} is blocked.`, `${name} est bloqué.`),
      ),
    unblock: (whom: Whom) =>
      changed(
        whom,
        ({ id }) => contacts.block(id, false),
        (name) => text(`${name} is not blocked any more.`, `${name} n’est plus bloqué.`),
      ),
    policy: ({ contact, policy }: Whom & { policy: RoutePolicy }) =>
      changed(
        { contact },
        ({ id }) => contacts.setPolicy(id, policy),
        (name) => policyText(name, policy),
      ),
    async remove({ contact, yes }: Whom & { yes: boolean }) {
      const { id, name } = await contacts.find(contact)
      if (!yes) throw unconfirmed(name)
      await contacts.remove(id)
      return reply({ id }, text(`${name} and all that was said is gone.`, `${name} et tout ce qui s’est dit sont supprimés.`))
    },
    async export() {
      return reply(utf8.decode(await contacts.export()))
    },
    async import({ file }: { file: string }) {
      const { added, known } = await contacts.import(utf8.encode(file))
      return reply({ added, known }, text(`Added ${added}; ${known} were known.`, `${added} ajoutés ; ${known} étaient connus.`))
    },
    async *watch(_args: object, { signal }: CommandContext): AsyncGenerator<Reply> {
      for await (const { kind, contact } of follow(contacts.watch, signal)) {
        yield reply({ kind, contact: contactData(contact) }, text(`${kind}: ${contact.name}`, `${kind} : ${contact.name}`))
      }
    },
    async myName({ name }: { name?: string }) {
      if (name !== undefined) await contacts.setMyName(name)
      const now = await contacts.myName()
      return reply(
        { name: now },
        now === '' ? text('You have not chosen a name yet.', 'Vous n’avez pas encore choisi de nom.') : text(now, now),
      )
    },
  }
}

function listText(all: readonly Contact[], standingOf: (id: UserId) => Standing): Text {
  if (all.length === 0)
    return text(
      'No contacts yet. Make an invite: palabre invite create',
      'Pas encore de contacts. Créez une invitation : palabre invite create',
    )
  const wide = Math.max(...all.map(({ name }) => name.length))
  const rows = (language: 'en' | 'fr') =>
    all.map((one) => `${one.name.padEnd(wide)}  ${one.id}  ${marks(one, standingOf(one.id))[language]}`.trimEnd()).join('\n')
  return text(rows('en'), rows('fr'))
}

function marks({ verified, blocked, waiting, suspect, policy }: Contact, mail: Standing): Text {
  const said: Text[] = [
    ...(verified ? [text('verified', 'vérifié')] : []),
    ...(blocked ? [text('blocked', 'bloqué')] : []),
    ...(waiting ? [text('has not answered yet', 'n’a pas encore répondu')] : []),
    ...(suspect === undefined ? [] : [text('suspect key', 'clé suspecte')]),
    ...(policy === 'relayed-only' ? [text('relayed only', 'par relais seulement')] : []),
    ...(policy === 'direct-only' ? [text('direct only', 'en direct seulement')] : []),
    ...mailMarks[mail],
  ]
  return text(said.map(({ en }) => en).join(', '), said.map(({ fr }) => fr).join(', '))
}

const mailMarks: Record<Standing, readonly Text[]> = {
  none: [],
  asked: [text('would keep your messages', 'veut bien garder vos messages')],
  offered: [text('asked to keep your messages', 'invité à garder vos messages')],
  mutual: [text('keeps your messages and you theirs', 'garde vos messages et vous les siens')],
}

function showText(one: Contact, digits: string, mail: Standing): Text {
  const groups = digits.match(/.{5}/g) ?? []
  const rows = [0, 4, 8].map((at) => `  ${groups.slice(at, at + 4).join(' ')}`).join('\n')
  const { en, fr } = marks(one, mail)
  const who = (told: string) => [one.name, one.id, ...(told === '' ? [] : [told])].join('\n')
  return text(
    `${who(en)}\n\nSafety number, the same on their side if nobody stands between you:\n${rows}`,
    `${who(fr)}\n\nNuméro de sûreté, le même de l’autre côté si personne n’est entre vous :\n${rows}`,
  )
}

function policyText(name: string, policy: RoutePolicy): Text {
  return {
    'relayed-only': text(
      `${name} no longer sees your address: only roads through a relay are used.`,
      `${name} ne voit plus votre adresse : seules les routes par un relais servent.`,
    ),
    'direct-allowed': text(
      `Direct links with ${name} are allowed; they see your address then.`,
      `Les liens directs avec ${name} sont permis ; votre adresse est alors visible.`,
    ),
    'direct-only': text(
      `Nobody in between sees that you talk with ${name}: what you write waits for a direct link.`,
      `Personne, entre vous, ne voit que vous parlez avec ${name} : ce que vous écrivez attend un lien direct.`,
    ),
  }[policy]
}

function unconfirmed(name: string): PalabreError {
  return new PalabreError(
    'denied',
    text(`${name} and all that was said would be gone for good`, `${name} et tout ce qui s’est dit seraient perdus pour de bon`),
    { todo: text('If that is what you want: --yes', 'Si c’est ce que vous voulez : --yes') },
  )
}
