import { plural, text, type Text } from '@palabre/sdk'
import type { Reachability } from '@palabre/sdk/contract/messenger'

export const words = {
  title: text('Conversations', 'Conversations'),
  next: text('Next conversation', 'Conversation suivante'),
  previous: text('Previous conversation', 'Conversation précédente'),
  filter: text('Find a conversation', 'Trouver une conversation'),
  invite: text('Invite somebody', 'Inviter quelqu’un'),
  empty: text('Nobody here yet', 'Personne pour le moment'),
  emptyWhy: text(
    'Send somebody your invite link, or open theirs.',
    'Envoyez votre lien d’invitation à quelqu’un, ou ouvrez le sien.',
  ),
  nothingMatches: text('No conversation has this name.', 'Aucune conversation ne porte ce nom.'),
  you: text('You: ', 'Vous : '),
  deleted: text('Message deleted', 'Message supprimé'),
  notice: text('About this conversation', 'À propos de cette conversation'),
  nothingSaid: text('Nothing was said yet', 'Rien ne s’est encore dit'),
  waiting: text('Has not answered your first word yet', 'N’a pas encore répondu'),
  blocked: text('Blocked', 'Bloqué'),
  verified: text('verified', 'vérifié'),
  trouble: text('Conversations cannot be read now', 'Les conversations ne sont pas lisibles'),
} as const

export const unreadCount = (count: number): Text =>
  plural(count, {
    en: { one: '# unread message', other: '# unread messages' },
    fr: { one: '# message non lu', other: '# messages non lus' },
  })

/** How somebody is reached, in two or three words. */
export function presence({ state, path }: Reachability): Text {
  if (state === 'up' && path !== undefined)
    return {
      lan: text('Direct · local network', 'Directe · réseau local'),
      direct: text('Direct connection', 'Connexion directe'),
      relayed: text('Relayed/Secure', 'Relayée/Sécurisée'),
      tor: text('Over Tor', 'Par Tor'),
    }[path.kind]
  return {
    up: text('Connected', 'Connecté'),
    trying: text('Being looked for…', 'Recherche…'),
    mailbox: text('In mailbox', 'Dans la boîte aux lettres'),
    waiting: text('Waiting for them', 'En attente'),
    offline: text('Offline', 'Hors ligne'),
  }[state]
}
