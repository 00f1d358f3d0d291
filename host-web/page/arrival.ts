import type { Arrival } from '@palabre/sdk/contract/arrival'
import { createArrival, type KeptInvite } from '../waiting-invite.ts'

const key = 'palabre/arrival'

/**
 * Takes an invite out of the address at once, so that it stands in no bookmark, no shared screen and no history of this tab. It is
 * kept for the tab alone.
 */
export function openArrival(): Arrival {
  const arrival = createArrival(openKept())
  const take = () => {
    const invite = location.hash.slice(1)
    if (!isInvite(invite)) return
    history.replaceState(history.state, '', location.pathname + location.search)
    arrival.bring(invite)
  }
  take()
  addEventListener('hashchange', take)
  return arrival
}

/** Panels are named in the address too, by words; no panel has a name of this length, and no invite is so short. */
function isInvite(said: string): boolean {
  return /^[A-Za-z0-9_-]{200,20000}$/.test(said)
}

/** In strict settings the storage throws at the first touch; then it is kept until a reload. */
function openKept(): KeptInvite {
  let inMemory: string | undefined
  try {
    inMemory = sessionStorage.getItem(key) ?? undefined
  } catch {
    // Nothing was kept, then.
  }
  return {
    get: () => inMemory,
    set(invite: string | undefined) {
      inMemory = invite
      try {
        if (invite === undefined) sessionStorage.removeItem(key)
        else sessionStorage.setItem(key, invite)
      } catch {
        // Kept until a reload.
      }
    },
  }
}
