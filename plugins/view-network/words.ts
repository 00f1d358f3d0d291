import { bytesText, plural, text, type Text } from '@palabre/sdk'
import type { PathKind, Traffic } from '@palabre/sdk/contract/link'

export const words = {
  title: text('Network', 'Réseau'),
  lead: text(
    'Your node of the overlay. Its name is not yours: it says nothing about who you are.',
    'Votre nœud du réseau. Son nom n’est pas le vôtre : il ne dit rien de qui vous êtes.',
  ),
  self: text('Your node', 'Votre nœud'),
  addresses: text('Where others reach you', 'Où les autres vous joignent'),
  nowhere: text(
    'Nothing listens: you can call, and others reach you when you have.',
    'Rien n’écoute : vous pouvez appeler, et l’on vous joint ensuite.',
  ),
  links: text('Links', 'Liens'),
  noLinks: text('No link stands now.', 'Aucun lien pour le moment.'),
  found: text('Found around', 'Trouvés alentour'),
  measure: text('Measure', 'Mesurer'),
  measuring: text('Measuring…', 'Mesure…'),
  rotate: text('Take a new node name', 'Prendre un nouveau nom de nœud'),
  rotateWhy: text(
    'Every link is closed and opened anew. Whoever followed the old name loses it.',
    'Chaque lien est fermé puis rouvert. Qui suivait l’ancien nom le perd.',
  ),
  rotated: text('Your node has a new name.', 'Votre nœud a un nouveau nom.'),
  diagnosis: text('What works from here', 'Ce qui fonctionne d’ici'),
  diagnosisWhy: text(
    'Looks at each transport and at the servers in your settings. Nobody else is asked.',
    'Examine chaque transport et les serveurs de vos réglages. Personne d’autre n’est interrogé.',
  ),
  check: text('Check now', 'Vérifier'),
  checking: text('Checking…', 'Vérification…'),
  stop: text('Stop', 'Arrêter'),
  off: text('Network: off', 'Réseau : désactivé'),
  offWhy: text('The network is not there now', 'Le réseau n’est pas là pour le moment'),
} as const

export const kindWords: Record<PathKind, Text> = {
  lan: text('local network', 'réseau local'),
  direct: text('direct', 'direct'),
  relayed: text('relayed', 'relayé'),
  tor: text('over Tor', 'par Tor'),
}

export const linkCount = (count: number): Text =>
  plural(count, {
    en: { one: '# link', other: '# links' },
    fr: { one: '# lien', other: '# liens' },
  })

export function trafficText({ sent, received }: Traffic): Text {
  const [out, back] = [bytesText(sent), bytesText(received)]
  return text(`sent ${out.en}, received ${back.en}`, `envoyé ${out.fr}, reçu ${back.fr}`)
}

export const foundBy = (names: readonly string[]): Text => text(`found by ${names.join(', ')}`, `trouvé par ${names.join(', ')}`)

/** A long id, as much as tells it from others. */
export const shortId = (peer: string): string => (peer.length > 16 ? `${peer.slice(0, 6)}…${peer.slice(-8)}` : peer)
