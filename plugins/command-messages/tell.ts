import { plural, text, type Text } from '@palabre/sdk'
import type { Contact } from '@palabre/sdk/contract/contacts'
import { failureText } from '@palabre/sdk/contract/failure-words'
import type { Conversation, Pending, Reachability } from '@palabre/sdk/contract/messenger'
import type { MessageState, StoredMessage } from '@palabre/sdk/contract/store'

const states: Readonly<Record<MessageState, Text>> = {
  queued: text('waits', 'attend'),
  sent: text('sent', 'envoyé'),
  stored: text('in a mailbox', 'dans une boîte aux lettres'),
  delivered: text('delivered', 'remis'),
  read: text('read', 'lu'),
  failed: text('failed', 'échoué'),
  received: text('new', 'nouveau'),
}

/** How far it has come; a mailbox more that keeps it makes a difference, and why it goes no further. */
function progress({ state, why, copies = 1 }: StoredMessage): Text {
  if (state === 'stored' && copies > 1) return text(`in ${copies} mailboxes`, `dans ${copies} boîtes aux lettres`)
  if (state !== 'failed') return states[state]
  const { en, fr } = failureText(why)
  return text(`${states.failed.en}: ${en}`, `${states.failed.fr} : ${fr}`)
}

/** How a contact is called where what they wrote stands: whoever came under a known name with another key is told apart. */
export const calledNow = ({ id, name, suspect }: Contact): string =>
  suspect === undefined ? name : `${name} (${id.slice(0, 12)}…)`

/** What became of a message of mine. */
export function stateText(message: StoredMessage, name: string, why: Text | undefined): Text {
  const { id } = message
  const { en, fr } = progress(message)
  const because = (said: string | undefined) => (said === undefined ? '' : `: ${said}`)
  return text(`${id}  ${name}, ${en}${because(why?.en)}`, `${id}  ${name}, ${fr}${because(why?.fr).replace(':', ' :')}`)
}

/** One line for each message, as in a terminal: when, who, what. */
export function messageText(message: StoredMessage, name: string): Text {
  const when = new Date(message.sentAt).toISOString().slice(0, 16).replace('T', ' ')
  if (message.kind === 'notice') {
    const said = noticeText(message.text)
    return text(`${when}  · ${said.en}`, `${when}  · ${said.fr}`)
  }
  const { en, fr } = progress(message)
  const body = (language: 'en' | 'fr') =>
    message.deletedAt === undefined ? inset(message.text) : { en: '(deleted)', fr: '(supprimé)' }[language]
  const extras = [...Object.values(message.reactions)].join(' ')
  const tail = (language: 'en' | 'fr') =>
    [message.editedAt === undefined || message.deletedAt !== undefined ? '' : { en: '(edited)', fr: '(modifié)' }[language], extras]
      .filter((one) => one !== '')
      .join(' ')
  const line = (language: 'en' | 'fr', who: string, state: string) =>
    `${when}  ${who}: ${body(language)}${tail(language) === '' ? '' : `  ${tail(language)}`}${state}`
  return message.mine
    ? text(line('en', 'me', `  [${en}]`), line('fr', 'moi', `  [${fr}]`))
    : text(line('en', name, ''), line('fr', name, ''))
}

/** Further lines stand to the right, so that nobody can write one that seems to be another message. */
const inset = (said: string): string => said.replaceAll('\n', '\n    │ ')

/** What the program itself says in a conversation. */
export function noticeText(key: string): Text {
  const [what = '', value = ''] = key.split('/')
  switch (what) {
    case 'session-renewed':
      return text(
        'the encryption was set up anew, because one side had lost its keys; compare the safety number if you did not expect it',
        'le chiffrement a été établi à nouveau, un côté ayant perdu ses clés ; comparez le numéro de sûreté si cela vous surprend',
      )
    case 'gap':
      return plural(Number(value), {
        en: { one: 'a message is missing here', other: '# messages are missing here' },
        fr: { one: 'il manque ici un message', other: 'il manque ici # messages' },
      })
    case 'fuse-on-by-me':
    case 'fuse-on-by-them':
      return text(
        `new messages disappear ${lasting(Number(value)).en} after they were read`,
        `les nouveaux messages disparaissent ${lasting(Number(value)).fr} après lecture`,
      )
    case 'fuse-off-by-me':
    case 'fuse-off-by-them':
      return text('messages no longer disappear', 'les messages ne disparaissent plus')
    default:
      return text(key, key)
  }
}

function lasting(ms: number): Text {
  const seconds = Math.round(ms / 1000)
  const units: [number, string, string][] = [
    [86_400, 'd', 'j'],
    [3_600, 'h', 'h'],
    [60, 'min', 'min'],
    [1, 's', 's'],
  ]
  const [size, en, fr] = units.find(([one]) => seconds >= one && seconds % one === 0) ?? units[3]!
  return text(`${seconds / size} ${en}`, `${seconds / size} ${fr}`)
}

export function conversationsText(all: readonly Conversation[]): Text {
  if (all.length === 0)
    return text(
      'No conversations yet. Make an invite: palabre invite create',
      'Pas encore de conversation. Créez une invitation : palabre invite create',
    )
  const wide = Math.max(...all.map(({ name }) => name.length))
  const row = (language: 'en' | 'fr') => (one: Conversation) =>
    `${one.unread > 0 ? `(${one.unread})` : '   '} ${one.name.padEnd(wide)}  ${reachabilityText(one.reachability)[language]}`.trimEnd()
  return text(all.map(row('en')).join('\n'), all.map(row('fr')).join('\n'))
}

export function reachabilityText({ state, path, why }: Reachability): Text {
  if (state === 'up' && path !== undefined) {
    const { transport } = path
    return {
      lan: text(`direct, local network (${transport})`, `direct, réseau local (${transport})`),
      direct: text(`direct connection (${transport})`, `connexion directe (${transport})`),
      relayed: text(`relayed (${transport})`, `relayée (${transport})`),
      tor: text('over Tor', 'par Tor'),
    }[path.kind]
  }
  const because = (said: string | undefined) => (said === undefined ? '' : ` (${said})`)
  return {
    up: text('connected', 'connecté'),
    trying: text('being looked for…', 'recherche…'),
    mailbox: text('in a mailbox', 'dans une boîte aux lettres'),
    waiting: text(`waiting for them${because(why?.en)}`, `en attente${because(why?.fr)}`),
    offline: text(`not there${because(why?.en)}`, `absent${because(why?.fr)}`),
  }[state]
}

export function pendingText(rows: readonly Pending[], people: readonly Contact[]): Text {
  if (rows.length === 0) return text('Nothing waits: everything was delivered.', 'Rien n’attend : tout a été remis.')
  const nameOf = new Map(people.map(({ id, name }) => [id, name]))
  // What Palabre tells by itself has no id to name it by: one line for all that waits for the same reason.
  const lines = (noId: string, language: 'en' | 'fr', colon: string) =>
    new Set(
      rows.map(
        ({ message = noId, conversation, state, why }) =>
          `${message.padEnd(32)}  ${nameOf.get(conversation) ?? conversation}  ${states[state][language]}${colon}${why[language]}`,
      ),
    )
  const [en, fr] = [lines('what Palabre tells by itself', 'en', ': '), lines('ce que Palabre dit de lui-même', 'fr', ' : ')]
  return text([...en].join('\n'), [...fr].join('\n'))
}
