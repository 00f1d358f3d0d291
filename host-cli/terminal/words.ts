import { text, type Text } from '@palabre/sdk'
import type { Reachability } from '@palabre/sdk/contract/messenger'
import type { MessageState } from '@palabre/sdk/contract/store'

/** What became of a message of mine: a sign and a word, never a colour alone. */
export const stateSigns: Readonly<Record<MessageState, Text>> = {
  queued: text('… waits', '… attend'),
  sent: text('› sent', '› envoyé'),
  stored: text('▣ in a mailbox', '▣ dans une boîte aux lettres'),
  delivered: text('✓ delivered', '✓ remis'),
  read: text('✓✓ read', '✓✓ lu'),
  failed: text('✗ failed', '✗ échoué'),
  received: text('', ''),
}

/** How somebody is reached now: the path indicator. */
export function pathText({ state, path }: Reachability): Text {
  if (state === 'up' && path !== undefined) {
    return {
      lan: text('● Direct · local network', '● Directe · réseau local'),
      direct: text('● Direct connection', '● Connexion directe'),
      relayed: text('◐ Relayed/Secure', '◐ Relayée/Sécurisée'),
      tor: text('◐ Over Tor', '◐ Par Tor'),
    }[path.kind]
  }
  return {
    up: text('● Connected', '● Connecté'),
    trying: text('◌ looking for them…', '◌ recherche…'),
    mailbox: text('▣ in a mailbox', '▣ dans une boîte aux lettres'),
    waiting: text('○ waiting for them', '○ en attente de sa réponse'),
    offline: text('○ offline', '○ hors ligne'),
  }[state]
}

/** Who sees my address on it. */
export function pathAnswer(reachability: Reachability): Text {
  const { state, path, why } = reachability
  const now = pathText(reachability)
  const who = (): Text => {
    if (state !== 'up' || path === undefined)
      return why ?? text('No link stands: nobody sees your address by it.', 'Aucun lien : personne n’y voit votre adresse.')
    if (path.kind === 'relayed')
      return text(
        'The relay sees both addresses and can read nothing; the other person does not see yours.',
        'Le relais voit les deux adresses et ne peut rien lire ; l’autre personne ne voit pas la vôtre.',
      )
    if (path.kind === 'tor') return text('Nobody on the way sees both addresses.', 'Personne en chemin ne voit les deux adresses.')
    return text(
      `The other person sees your address, you see theirs (${placeIn(path.address)}). Nobody in between can read.`,
      `L’autre personne voit votre adresse, vous voyez la sienne (${placeIn(path.address)}). Personne entre vous ne peut lire.`,
    )
  }
  const { en, fr } = who()
  return text(
    `${now.en}\n${en}\nEnd-to-end encrypted on every road.`,
    `${now.fr}\n${fr}\nChiffré de bout en bout sur toutes les routes.`,
  )
}

/** The part of an address that tells where somebody is. */
const placeIn = (address: string): string => /^\/(?:ip[46]|dns[46]?)\/([^/]+)/.exec(address)?.[1] ?? address

const strokes: Readonly<Record<string, string>> = {
  'palabre contacts list': '/contacts',
  'palabre contacts show': '/verify',
  'palabre contacts trust': '/trust',
  'palabre contacts unblock': '/unblock',
  'palabre invite create': '/invite',
  'palabre outbox': '/outbox',
}

/** What a sentence says to type on the command line, as it is typed in a conversation. */
export const inStrokes = (said: string): string =>
  Object.entries(strokes).reduce((all, [verb, stroke]) => all.replaceAll(verb, stroke), said)

/** Somebody came under a name that is taken. */
export function suspectText(name: string, id: string): Text {
  return text(
    `! Another contact of yours is called ${name}, under another key. Nothing is sent to this one before you have decided:\n  /to ${id}, then /verify to compare, /trust or /block`,
    `! Un autre de vos contacts s’appelle ${name}, avec une autre clé. Rien ne part vers celui-ci avant votre décision :\n  /to ${id}, puis /verify pour comparer, /trust ou /block`,
  )
}

/** What the program itself says in a conversation. */
export function noticeText(key: string): Text {
  const [what = '', value = ''] = key.split('/')
  if (what === 'session-renewed')
    return text(
      'the encryption was set up anew; compare the safety number if you did not expect it (/verify)',
      'le chiffrement a été établi à nouveau ; comparez le numéro de sûreté si cela vous surprend (/verify)',
    )
  if (what === 'gap') return text(`messages missing here: ${value}`, `messages manquants ici : ${value}`)
  if (what.startsWith('fuse-on'))
    return text(
      `new messages disappear ${Number(value) / 1000} s after they were read`,
      `les nouveaux messages disparaissent ${Number(value) / 1000} s après lecture`,
    )
  if (what.startsWith('fuse-off')) return text('messages no longer disappear', 'les messages ne disparaissent plus')
  return text(key, key)
}
