import { plural, text, type Text } from '@palabre/sdk'
import type { MessageState } from '@palabre/sdk/contract/store'

export const words = {
  search: text('Search in this conversation', 'Chercher dans cette conversation'),
  closeSearch: text('Close the search', 'Fermer la recherche'),
  details: text('About this person', 'À propos de cette personne'),
  choose: text('Choose a conversation', 'Choisissez une conversation'),
  noTalk: text('No conversation is open', 'Aucune conversation n’est ouverte'),
  noTalkWhy: text(
    'Choose one, or invite somebody. What is said is encrypted from your machine to theirs: nobody in between can read it.',
    'Choisissez-en une, ou invitez quelqu’un. Ce qui se dit est chiffré de votre machine à la leur : personne, entre les deux, ne peut le lire.',
  ),
  invite: text('Invite somebody', 'Inviter quelqu’un'),
  verified: text('verified', 'vérifié'),
  nothingSaid: text('Nothing was said yet', 'Rien ne s’est encore dit'),
  nothingSaidWhy: text(
    'Write the first word. It arrives as soon as you are both there.',
    'Écrivez le premier mot. Il arrive dès que vous êtes là tous les deux.',
  ),
  messages: text('Messages', 'Messages'),
  loading: text('Opening…', 'Ouverture…'),
  unread: text('New', 'Nouveau'),
  toEnd: text('To the latest', 'Aux derniers messages'),
  me: text('You', 'Vous'),
  edited: text('edited', 'modifié'),
  deleted: text('Message deleted', 'Message supprimé'),
  gone: text('A message that is not here any more', 'Un message qui n’est plus là'),
  reply: text('Reply', 'Répondre'),
  react: text('React', 'Réagir'),
  copy: text('Copy', 'Copier'),
  copied: text('Copied.', 'Copié.'),
  edit: text('Edit', 'Modifier'),
  remove: text('Delete for everybody', 'Supprimer pour tous'),
  reallyRemove: text('Delete? Press again', 'Supprimer ? Appuyez encore'),
  withdraw: text('Do not send it', 'Ne pas l’envoyer'),
  retry: text('Try now', 'Réessayer'),
  again: text('Send again', 'Renvoyer'),
  forget: text('Forget it', 'L’oublier'),
  fuse: text('Disappearing messages', 'Messages éphémères'),
  fuseWhy: text(
    'New messages leave both sides this long after they were read. Those that are here already stay.',
    'Les nouveaux messages quittent les deux côtés ce temps après lecture. Ceux qui sont déjà là restent.',
  ),
  done: text('Done', 'Terminé'),
  clear: text('Erase this conversation here', 'Effacer cette conversation ici'),
  clearYes: text('Erase all of it', 'Tout effacer'),
  deliverNow: text('Try now to deliver what waits', 'Essayer maintenant de remettre ce qui attend'),
  actions: text('What to do with this message', 'Que faire de ce message'),
  write: text('Write a message', 'Écrire un message'),
  send: text('Send', 'Envoyer'),
  save: text('Save', 'Enregistrer'),
  cancel: text('Cancel', 'Annuler'),
  blocked: text(
    'You have blocked this person. Unblock them to write.',
    'Vous avez bloqué cette personne. Débloquez-la pour écrire.',
  ),
  searchWords: text('Words to look for', 'Mots à chercher'),
  nothingFound: text('No message holds these words.', 'Aucun message ne contient ces mots.'),
  noMessenger: text('Messages cannot be reached now', 'Les messages ne sont pas accessibles'),
} as const

/** Keys that are not a letter. */
export const keyWords: Readonly<Record<string, Text>> = { DELETE: text('Delete', 'Suppr') }

const stateWords: Record<MessageState, Text> = {
  queued: text('waiting', 'en attente'),
  sent: text('sent', 'envoyé'),
  stored: text('in a mailbox', 'dans une boîte aux lettres'),
  delivered: text('delivered', 'remis'),
  read: text('read', 'lu'),
  failed: text('not sent', 'non envoyé'),
  received: text('', ''),
}

/** How far a message of mine has come; a mailbox that keeps it too makes a difference. */
export const stateText = ({ state, copies = 1 }: { readonly state: MessageState; readonly copies?: number | undefined }): Text =>
  state === 'stored' && copies > 1 ? text(`in ${copies} mailboxes`, `dans ${copies} boîtes aux lettres`) : stateWords[state]

export const writeTo = (name: string): Text => text(`Write to ${name}`, `Écrire à ${name}`)
export const isTyping = (name: string): Text => text(`${name} is typing…`, `${name} écrit…`)
export const replyingTo = (name: string): Text => text(`Replying to ${name}`, `Réponse à ${name}`)
export const reactedBy = (sign: string, who: string): Text => text(`${sign} from ${who}`, `${sign} de ${who}`)
export const foundCount = (count: number): Text =>
  plural(count, {
    en: { one: '# message found', other: '# messages found' },
    fr: { one: '# message trouvé', other: '# messages trouvés' },
  })

export const clearWhat = (name: string): Text =>
  text(
    `All that was said with ${name} is gone from this machine, and what waits to be sent does not go. ${name} keeps theirs.`,
    `Tout ce qui s’est dit avec ${name} quitte cette machine, et ce qui attend ne part pas. ${name} garde sa part.`,
  )

export const fuseChoice = (seconds: number): Text =>
  seconds === 0 ? text('Keep for ever', 'Garder toujours') : lasting(seconds * 1000)

/** What the program itself says in a conversation: a key, perhaps with a number. */
export function noticeText(key: string): Text {
  const [what = '', value = ''] = key.split('/')
  switch (what) {
    case 'session-renewed':
      return text(
        'The encryption was set up anew, because one side had lost its keys. Compare the safety number if you did not expect it.',
        'Le chiffrement a été établi à nouveau, un côté ayant perdu ses clés. Comparez le numéro de sûreté si cela vous surprend.',
      )
    case 'gap':
      return plural(Number(value) || 1, {
        en: { one: 'A message is missing here', other: '# messages are missing here' },
        fr: { one: 'Il manque ici un message', other: 'Il manque ici # messages' },
      })
    case 'fuse-on-by-me':
    case 'fuse-on-by-them': {
      const { en, fr } = lasting(Number(value))
      return text(`New messages disappear ${en} after they were read`, `Les nouveaux messages disparaissent ${fr} après lecture`)
    }
    case 'fuse-off-by-me':
    case 'fuse-off-by-them':
      return text('Messages no longer disappear', 'Les messages ne disparaissent plus')
    default:
      return text(key, key)
  }
}

const units: readonly (readonly [number, string])[] = [
  [604_800, 'week'],
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
]

function lasting(ms: number): Text {
  const seconds = Math.max(1, Math.round(ms / 1000))
  const [size, unit] = units.find(([one]) => seconds >= one && seconds % one === 0) ?? units.at(-1)!
  const say = (language: string) =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(seconds / size)
  return text(say('en'), say('fr'))
}
