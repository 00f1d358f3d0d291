import type { MailboxPlaces } from '@palabre/sdk/contract/mailbox-places'
import type { RelayPlace } from '@palabre/sdk/contract/relay-link'
import type { Many } from '@palabre/sdk'
import { limits } from './limits.ts'

/** A node that keeps for us: a relay of our settings, or a contact's. */
export interface Place extends RelayPlace {
  /** How long a block is kept there, in milliseconds. */
  readonly keeps: number
  readonly contact?: string | undefined
}

export interface Places {
  /** The relays first. */
  all(): readonly Place[]
  /** It was ours and is no more. */
  isGone(place: Pick<Place, 'peer' | 'keeps'>): boolean
  /** A contact's, of which nobody can say whether it still is ours: whoever names those has not started yet, or is off. */
  isAwaited(place: Pick<Place, 'peer' | 'keeps'>): boolean
}

export function placesOf(relays: readonly RelayPlace[], others: Pick<Many<MailboxPlaces>, 'entries'>): Places {
  const chosen = relays.map((relay): Place => ({ ...relay, keeps: limits.kept }))
  const all = () => {
    const friends = others.entries.flatMap(({ value }) => value.all())
    return [...chosen, ...friends.filter(({ peer }) => chosen.every((relay) => relay.peer !== peer))]
  }
  const isThere = ({ peer }: Pick<Place, 'peer'>) => all().some((one) => one.peer === peer)
  const isAwaited: Places['isAwaited'] = (place) => !isThere(place) && place.keeps !== limits.kept && others.entries.length === 0
  return { all, isAwaited, isGone: (place) => !isThere(place) && !isAwaited(place) }
}
