import type { Arrival } from '@palabre/sdk/contract/arrival'

/** Where the invite that waits is kept. */
export interface KeptInvite {
  get(): string | undefined
  set(invite: string | undefined): void
}

/** What hosts lend as `arrival`, and how they bring the next one. */
export function createArrival(kept: KeptInvite): Arrival & { bring(invite: string): void } {
  const watchers = new Set<(invite: string | undefined) => void>()
  const say = (invite: string | undefined) => {
    kept.set(invite)
    for (const fn of watchers) fn(invite)
  }
  return {
    bring: say,
    waiting: () => kept.get(),
    settle(invite) {
      if (invite === kept.get()) say(undefined)
    },
    watch(fn) {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
  }
}
