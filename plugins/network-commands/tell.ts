import { bytesText, text, type Language, type Text } from '@palabre/sdk'
import type { Path, PathKind } from '@palabre/sdk/contract/link'
import type { KnownPeer, NetworkEvent } from '@palabre/sdk/contract/network'

/** How a person reads each kind of path. */
const pathWords: Record<PathKind, Text> = {
  direct: text('direct', 'direct'),
  lan: text('direct, local network', 'direct, réseau local'),
  relayed: text('relayed', 'relayé'),
  tor: text('through Tor', 'par Tor'),
}

function pathText({ kind, transport }: Path): Text {
  return text(`${pathWords[kind].en} (${transport})`, `${pathWords[kind].fr} (${transport})`)
}

/** What is known of a link besides whom it leads to. */
type LinkFacts = Pick<KnownPeer, 'path' | 'traffic'> & { readonly rtt?: number | undefined }

/** Its kind, its channel, who is in between, the way there and back, and what went over it. */
function factsText({ path, traffic, rtt }: LinkFacts): Text {
  if (path === undefined) return text('found', 'trouvé')
  const by = path.hops.map(({ peer }) => peer).join(', ')
  const [sent, received] = [bytesText(traffic?.sent ?? 0), bytesText(traffic?.received ?? 0)]
  const way = pathText(path)
  const trip = (said: string) => (rtt === undefined ? '' : `, ${said}`)
  return text(
    `${way.en}, ${path.channel}${by === '' ? '' : `, by ${by}`}${trip(`${rtt?.toFixed(1)} ms`)}, sent ${sent.en}, received ${received.en}`,
    `${way.fr}, ${path.channel}${by === '' ? '' : `, par ${by}`}${trip(`${rtt?.toFixed(1)} ms`)}, envoyé ${sent.fr}, reçu ${received.fr}`,
  )
}

export function infoText(info: {
  self: string
  addresses: readonly string[]
  links: readonly ({ readonly peer: string } & LinkFacts)[]
}): Text {
  const { self, addresses, links } = info
  const where = (none: string) => (addresses.length === 0 ? [`  ${none}`] : addresses.map((one) => `  ${one}`))
  const lines = (language: Language) => links.map((one) => `  ${one.peer}  ${factsText(one)[language]}`)
  return text(
    [`We are ${self}`, 'Reachable at', ...where('nowhere: nothing listens'), `Links: ${links.length}`, ...lines('en')].join('\n'),
    [`Nous sommes ${self}`, 'Joignables à', ...where('nulle part : rien n’écoute'), `Liens : ${links.length}`, ...lines('fr')].join(
      '\n',
    ),
  )
}

export function linkText(peer: string, path: Path): Text {
  const way = pathText(path)
  return text(`Linked to ${peer}: ${way.en}, ${path.address}`, `Lié à ${peer} : ${way.fr}, ${path.address}`)
}

export function pingText({ seq, rtt, path }: { seq: number; rtt: number; path: Path }): Text {
  const way = pathText(path)
  return text(`${seq}: ${rtt.toFixed(1)} ms, ${way.en}`, `${seq} : ${rtt.toFixed(1)} ms, ${way.fr}`)
}

export function foundText(peer: string, addresses: readonly string[], by: string): Text {
  const at = addresses.join(' ')
  return text(`Found by ${by}: ${peer} at ${at}`, `Trouvé par ${by} : ${peer} à ${at}`)
}

export function peersText(peers: readonly KnownPeer[]): Text {
  if (peers.length === 0) return text('Nobody is linked or was found.', 'Personne n’est lié ni n’a été trouvé.')
  const row = (known: KnownPeer, language: Language) =>
    [known.path === undefined ? '○' : '●', known.peer, factsText(known)[language], known.foundBy.join(', ')].join('  ').trimEnd()
  return text(peers.map((one) => row(one, 'en')).join('\n'), peers.map((one) => row(one, 'fr')).join('\n'))
}

export function eventText(event: NetworkEvent): Text {
  switch (event.kind) {
    case 'link-opened':
      return linkText(event.link.peer, event.link.path)
    case 'link-changed': {
      const { state, path } = event.change
      if (state === 'recovering')
        return text(`Lost the way to ${event.peer}, looking for another`, `Chemin vers ${event.peer} perdu, recherche d’un autre`)
      return linkText(event.peer, path)
    }
    case 'link-closed':
      return text(`${event.peer}: ${event.end.text.en}`, `${event.peer} : ${event.end.text.fr}`)
    case 'addresses-changed':
      return text(
        `Now reachable at ${event.addresses.join(' ') || 'nowhere'}`,
        `Désormais joignables à ${event.addresses.join(' ') || 'nulle part'}`,
      )
    case 'peer-found':
      return foundText(event.peer, event.addresses, event.by)
  }
}
