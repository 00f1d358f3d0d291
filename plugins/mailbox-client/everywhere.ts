import { collectFrom, type CollectingSources } from './collecting.ts'
import type { Places } from './places.ts'

/** Collecting from each mailbox of ours, until the signal aborts. */
export interface Everywhere {
  /** There may be another one. */
  look(): void
  readonly ended: Promise<void>
}

export function collectEverywhere(sources: CollectingSources, places: Places): Everywhere {
  const { queues, signal } = sources
  const under = new Map<string, Promise<void>>()
  const ended = Promise.withResolvers<void>()

  // Retired queues may lie at mailboxes that are no longer ours.
  const here = () => [...places.all(), ...queues.all().map(({ relay }) => relay)]
  const placeOf = (peer: string) => here().find((one) => one.peer === peer)

  const look = () => {
    for (const { peer } of here())
      if (!under.has(peer) && !signal.aborted)
        under.set(
          peer,
          collectFrom(sources, () => placeOf(peer)).finally(() => under.delete(peer)),
        )
  }
  const end = () => void Promise.all(under.values()).then(() => ended.resolve(), ended.reject)
  if (signal.aborted) end()
  else signal.addEventListener('abort', end, { once: true })
  look()
  return { look, ended: ended.promise }
}
