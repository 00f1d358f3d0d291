import { isPalabreError, messageOf, PalabreError, text, type Code } from '@palabre/sdk'

const retry = text('Try again, or by another address.', 'Réessayez, ou par une autre adresse.')

export const faults = {
  cancelled: (cause?: unknown) => new PalabreError('cancelled', text('this was cancelled', 'ceci a été annulé'), { cause }),
  stopped: () => new PalabreError('cancelled', text('the network was stopped', 'le réseau a été arrêté')),
  frameTooLarge: (length: number, limit: number) =>
    new PalabreError(
      'too-large',
      text(
        `a frame of ${length} bytes is too long: ${limit} at most`,
        `une trame de ${length} octets est trop longue : ${limit} au plus`,
      ),
      { todo: text('Send it in several frames.', 'Envoyez-la en plusieurs trames.') },
    ),
  namesNoNode: () =>
    new PalabreError(
      'bad-argument',
      text(
        'this is no whole invite, or one that does not say where a node is',
        'ce n’est pas une invitation entière, ou elle ne dit pas où est un nœud',
      ),
      {
        todo: text(
          'To write to who made it: palabre invite accept. For their node, ask them for what palabre net info prints.',
          'Pour écrire à qui l’a faite : palabre invite accept. Pour son nœud, demandez-lui ce qu’affiche palabre net info.',
        ),
      },
    ),
  notATarget: (said: string) =>
    new PalabreError(
      'bad-argument',
      text(
        `"${said}" is neither a peer id, nor an address, nor an invite`,
        `« ${said} » n’est ni un identifiant de pair, ni une adresse, ni une invitation`,
      ),
      {
        todo: text(
          'An address looks like /ip4/192.0.2.1/tcp/4001/p2p/12D3KooW…; the other side prints its own with: palabre net info',
          'Une adresse ressemble à /ip4/192.0.2.1/tcp/4001/p2p/12D3KooW… ; l’autre côté affiche la sienne avec : palabre net info',
        ),
      },
    ),
  severalPeers: () =>
    new PalabreError('bad-argument', text('the addresses are of different peers', 'les adresses sont celles de pairs différents'), {
      todo: text('Dial them one after the other.', 'Appelez-les l’un après l’autre.'),
    }),
  ourselves: () => new PalabreError('bad-argument', text('that is ourselves', 'c’est nous-mêmes')),
  noAddress: (peer: string) =>
    new PalabreError('peer-unknown', text(`no address of ${peer} is known`, `aucune adresse de ${peer} n’est connue`), {
      todo: text('Name one of its addresses, or start discovery.', 'Indiquez une de ses adresses, ou lancez la découverte.'),
    }),
  onlyShown: (peer: string) =>
    new PalabreError(
      'denied',
      text(
        `${peer} must not see our address, and no road through a relay is known`,
        `${peer} ne doit pas voir notre adresse, et aucune route par un relais n’est connue`,
      ),
    ),
  somebodyElse: (peer: string, cause?: unknown) =>
    new PalabreError('peer-unknown', text(`somebody else than ${peer} answers there`, `quelqu’un d’autre que ${peer} répond là`), {
      todo: text('Ask for its present address.', 'Demandez son adresse actuelle.'),
      cause,
    }),
  noTransport: (addresses: readonly string[]) =>
    new PalabreError(
      'switched-off',
      text(`no transport that is on reaches ${addresses.join(', ')}`, `aucun transport activé n’atteint ${addresses.join(', ')}`),
      { todo: text('See: palabre plugins list', 'Voyez : palabre plugins list') },
    ),
  noResolver: (name: string) =>
    new PalabreError(
      'switched-off',
      text(`no resolver is on to look up ${name}`, `aucun résolveur n’est activé pour chercher ${name}`),
      {
        todo: text(
          'Switch one on, resolver-doh for one, or use an address without a name.',
          'Activez-en un, resolver-doh par exemple, ou utilisez une adresse sans nom.',
        ),
      },
    ),
  notLookedUp: (name: string, failed: readonly { readonly by: string; readonly error: unknown }[]) => {
    const last = failed.at(-1)?.error
    const reasons = (language: 'en' | 'fr', colon: string) =>
      failed.map(({ by, error }) => `${by}${colon}${isPalabreError(error) ? error.text[language] : messageOf(error)}`).join(', ')
    return new PalabreError(
      isPalabreError(last) ? last.code : 'unreachable',
      text(
        `the name ${name} could not be looked up (${reasons('en', ': ')})`,
        `le nom ${name} n’a pas pu être cherché (${reasons('fr', ' : ')})`,
      ),
      { todo: isPalabreError(last) ? (last.todo ?? retry) : retry, cause: last },
    )
  },
  emptyName: (name: string) =>
    new PalabreError('peer-unknown', text(`nothing is behind the name ${name}`, `rien ne répond au nom ${name}`)),
  /** `told` is what one of the roads has to say to the person. */
  unreachable: (who: string, cause?: unknown, told?: PalabreError) =>
    new PalabreError(
      'unreachable',
      text(
        `${who} cannot be reached${told === undefined ? '' : `: ${told.text.en}`}`,
        `${who} est injoignable${told === undefined ? '' : ` : ${told.text.fr}`}`,
      ),
      { todo: told?.todo ?? retry, cause },
    ),
  timedOut: (who: string, cause?: unknown) =>
    new PalabreError('timed-out', text(`${who} did not answer in time`, `${who} n’a pas répondu à temps`), { todo: retry, cause }),
  noChannel: (who: string, cause?: unknown) =>
    new PalabreError(
      'wrong-version',
      text(`${who} and we have no encryption of the hop in common`, `${who} et nous n’avons aucun chiffrement de saut en commun`),
      { todo: text('Switch channel-noise on at both ends.', 'Activez channel-noise des deux côtés.'), cause },
    ),
  full: () =>
    new PalabreError('unreachable', text('there are as many connections as allowed', 'il y a autant de connexions que permis'), {
      todo: text(
        'Close one, or raise maxConnections of network-libp2p.',
        'Fermez-en une, ou augmentez maxConnections de network-libp2p.',
      ),
    }),
  tooManyStreams: (protocol: string, limit: number) =>
    new PalabreError(
      'unreachable',
      text(
        `there are ${limit} streams of ${protocol} to this peer, as many as allowed`,
        `il y a ${limit} flux de ${protocol} vers ce pair, autant que permis`,
      ),
      { todo: text('Close one first.', 'Fermez-en un d’abord.') },
    ),
  notSpoken: (protocol: string, cause?: unknown) =>
    new PalabreError('wrong-version', text(`the other end does not speak ${protocol}`, `l’autre côté ne parle pas ${protocol}`), {
      todo: text('Both sides need the same plugins, of the same age.', 'Les deux côtés ont besoin des mêmes plugins, du même âge.'),
      cause,
    }),
  nameTaken: (protocol: string) =>
    new PalabreError('bad-argument', text(`${protocol} is answered already`, `${protocol} a déjà un répondant`)),
  streamClosed: (cause?: unknown) => new PalabreError('closed', text('the stream has ended', 'le flux est terminé'), { cause }),
  linkEnded: (code: Code, said = ended) => new PalabreError(code, said),
}

const ended = text('the link has ended', 'le lien est terminé')
