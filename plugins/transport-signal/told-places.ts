import type { MeetingPlace } from '@palabre/sdk/contract/meeting-place'
import type { Signal } from '@palabre/sdk/contract/signal'
import type { Audiences } from './audiences.ts'
import { limits } from './limits.ts'
import { meetingAddress } from './meeting-address.ts'

export interface PlaceSources {
  readonly audiences: Audiences
  readonly signals: Iterable<Signal>
  /** Somebody is expected, or no longer. */
  look(): void
  after(ms: number, run: () => void): Disposable
}

/** What each contact and each holder of an invite is told; to be agreed on there is a connection by WebRTC. */
export function createPlace({ audiences, signals, look, after }: PlaceSources): { readonly place: MeetingPlace; changed(): void } {
  const watchers = new Set<() => void>()
  const settle = (invite: string) => {
    audiences.made(invite)
    look()
  }
  return {
    changed() {
      look()
      for (const tell of watchers) tell()
    },
    place: {
      name: 'signal',
      async addresses(audience) {
        const places = [...signals].flatMap((signal) => signal.places)
        const secret = places.length === 0 ? undefined : await audiences.secretFor(audience)
        if (secret === undefined) return []
        look()
        if ('invite' in audience) after(limits.making, () => settle(audience.invite))
        return places.map((place) => `${meetingAddress({ place, secret })}/webrtc`)
      },
      present(contact, isThere) {
        audiences.present(contact, isThere)
        look()
      },
      watch(fn) {
        watchers.add(fn)
        return { [Symbol.dispose]: () => void watchers.delete(fn) }
      },
    },
  }
}
