import { msText, plural, text, type Text } from '@palabre/sdk'
import type { RoundTrip } from '@palabre/sdk/contract/link'
import type { RoutePolicy } from '@palabre/sdk/contract/route'
import type { RoadLook } from './road-look.ts'

export const words = {
  title: text('How messages travel', 'Par où passent les messages'),
  them: text('Them', 'L’autre personne'),
  you: text('You', 'Vous'),
  relay: text('Relay', 'Relais'),
  way: text('The way from you to them', 'Le chemin de vous à l’autre personne'),
  roundTrip: text('There and back', 'Aller-retour'),
  notMeasured: text('Not measured yet', 'Pas encore mesuré'),
  transport: text('Transport', 'Transport'),
  channel: text('Channel of the hop', 'Canal du tronçon'),
  sent: text('Sent', 'Envoyé'),
  received: text('Received', 'Reçu'),
  sees: text('sees it', 'le voit'),
  doesNotSee: text('does not see it', 'ne le voit pas'),
  seesAddress: text('Your address', 'Votre adresse'),
  seesTiming: text('When, how much', 'Quand, combien'),
  seesWords: text('What you say', 'Ce que vous dites'),
  since: text('Since', 'Depuis'),
  suite: text('Encryption', 'Chiffrement'),
  endToEnd: text('end-to-end, always', 'de bout en bout, toujours'),
  whoSees: text('Who sees what', 'Qui voit quoi'),
  policy: text('What you allow', 'Ce que vous permettez'),
  close: text('Close', 'Fermer'),
  nobodyReads: text(
    'Nobody in between can read what you say, whatever the road.',
    'Personne, entre vous, ne peut lire ce que vous dites, quelle que soit la route.',
  ),
} as const

/** DESIGN §10: the words a person sees. */
export const roadWords: Record<RoadLook, Text> = {
  lan: text('Direct · local network', 'Directe · réseau local'),
  direct: text('Direct connection', 'Connexion directe'),
  relayed: text('Relayed/Secure', 'Relayée/Sécurisée'),
  tor: text('Over Tor', 'Par Tor'),
  up: text('Connected', 'Connecté'),
  trying: text('Going direct…', 'Connexion en cours…'),
  mailbox: text('In mailbox', 'Dans la boîte aux lettres'),
  waiting: text('Waiting for them', 'En attente'),
  offline: text('Offline', 'Hors ligne'),
  unknown: text('Not known now', 'Inconnu pour le moment'),
}

export const whoSeesMe: Record<RoadLook, Text> = {
  lan: text(
    'They see your address on the local network, as every device there does. Nobody outside sees this talk.',
    'Votre adresse sur le réseau local leur est visible, comme à tout appareil qui s’y trouve. Personne au-dehors ne voit cet échange.',
  ),
  direct: text(
    'They see your network address, and you see theirs. Your providers see that the two of you talk, not what you say.',
    'Votre adresse réseau leur est visible, et la leur vous est visible. Vos fournisseurs voient que vous échangez, pas ce que vous dites.',
  ),
  relayed: text(
    'They do not see your address. The relay sees both addresses, how much and when; it cannot read anything.',
    'Votre adresse ne leur est pas visible. Le relais voit les deux adresses, combien et quand ; il ne peut rien lire.',
  ),
  tor: text(
    'Nobody sees your address, not even the relays on the way.',
    'Personne ne voit votre adresse, pas même les relais en chemin.',
  ),
  up: text('A link stands to them.', 'Un lien les relie à vous.'),
  trying: text(
    'A road is being looked for. What you write is kept and goes as soon as there is one.',
    'Une route se cherche. Ce que vous écrivez est gardé et part dès qu’il y en a une.',
  ),
  mailbox: text(
    'Sealed messages wait in a mailbox. It sees when they come and go, in blocks of one size; it cannot read anything.',
    'Des messages scellés attendent dans une boîte aux lettres. Elle voit quand ils passent, en blocs d’une même taille ; elle ne peut rien lire.',
  ),
  waiting: text(
    'They have not come by their invite yet. What you write is kept for them here.',
    'Leur invitation n’a pas encore servi. Ce que vous écrivez leur est gardé ici.',
  ),
  offline: text(
    'They are not there, or you are not. What you write is kept here and goes when you meet.',
    'Absents pour l’instant, eux ou vous. Ce que vous écrivez est gardé ici et part quand vous vous croisez.',
  ),
  unknown: text('The kernel does not say how they are reached.', 'Le noyau ne dit pas par où passe l’échange.'),
}

export const policyWords: Record<RoutePolicy, Text> = {
  'direct-allowed': text('Any road', 'Toute route'),
  'relayed-only': text('Require relay', 'Exiger un relais'),
  'direct-only': text('Require direct', 'Exiger le direct'),
}

export const policyHints: Record<RoutePolicy, Text> = {
  'direct-allowed': text('The best road there is, as it comes.', 'La meilleure route qui soit, comme elle vient.'),
  'relayed-only': text(
    'They never see your address. Where no relay is, what you write waits.',
    'Votre adresse ne leur est jamais visible. Sans relais, ce que vous écrivez attend.',
  ),
  'direct-only': text(
    'Nobody in between sees that you talk. Without a direct road, what you write waits.',
    'Personne, entre vous, ne voit que vous parlez. Sans route directe, ce que vous écrivez attend.',
  ),
}

/** Those along a road who learn something. */
export const observers = {
  network: text('Devices on your network', 'Appareils de votre réseau'),
  provider: text('Your providers', 'Vos fournisseurs'),
  relay: text('The relay', 'Le relais'),
  providerOfRelay: text('Your provider (only the relay, not with whom)', 'Votre fournisseur (le relais, pas avec qui)'),
  torRelays: text('Tor’s relays', 'Les relais de Tor'),
  providerOfTor: text('Your provider (only Tor, not with whom)', 'Votre fournisseur (Tor, pas avec qui)'),
  mailbox: text('The mailbox', 'La boîte aux lettres'),
} as const

/** The round trips in words, for whoever does not see the line. */
export function tripsText(trips: readonly RoundTrip[]): Text {
  const all = trips.map(({ ms }) => ms)
  const [least, most] = [msText(Math.min(...all)), msText(Math.max(...all))]
  return plural(trips.length, {
    en: { one: `# round trip, ${least.en}`, other: `# round trips, from ${least.en} to ${most.en}` },
    fr: { one: `# aller-retour, ${least.fr}`, other: `# allers-retours, de ${least.fr} à ${most.fr}` },
  })
}

const kinds: readonly (readonly [RegExp, Text])[] = [
  [/^\/ip4\/127\.|^\/ip6\/::1\//, text('this machine', 'cette machine')],
  [/^\/(?:ip4|ip6)\//, text('internet address', 'adresse internet')],
  [/^\/dns/, text('name on the internet', 'nom sur internet')],
  [/^\/onion/, text('onion address', 'adresse onion')],
]

/** What sort of address it is, and the address without the long id at its end. */
export function addressText(address: string): Text {
  const kind = kinds.find(([shape]) => shape.test(address))?.[1]
  const short = address.replace(/\/p2p\/[A-Za-z0-9]+$/, '')
  return kind === undefined ? text(short, short) : text(`${short} (${kind.en})`, `${short} (${kind.fr})`)
}
