import { isPalabreError, PalabreError, text } from '@palabre/sdk'

/** The network gives the name of their node, as it knows no other: it would tell nobody anything. */
export const withoutNode = (error: unknown, peer: string): unknown =>
  isPalabreError(error) && error.text.en.includes(peer) ? away(error) : error

export const nowhere = () =>
  new PalabreError('peer-unknown', text('they have not said where they can be reached', 'on ne sait pas où joindre cette personne'))

export const onlyDirect = () =>
  new PalabreError(
    'denied',
    text(
      'only direct roads are allowed with this contact, and none is open yet',
      'seules les routes directes sont permises avec ce contact, et aucune n’est encore ouverte',
    ),
  )

export const onlyRelayed = () =>
  new PalabreError(
    'denied',
    text(
      'only roads through a relay are allowed with this contact, and none is open',
      'seules les routes par un relais sont permises avec ce contact, et aucune n’est ouverte',
    ),
  )

const away = (cause: unknown) =>
  new PalabreError('unreachable', text('they cannot be reached now', 'cette personne est injoignable pour le moment'), { cause })
