import type { Traffic } from '@palabre/sdk/contract/link'
import type { Lane } from './lane.ts'

/** The lanes of one link, which runs on one after the other, and at times on none. */
export interface Lanes {
  readonly now: Lane | undefined
  /** Changes whenever what an older lane still brings counts no more. */
  readonly generation: number
  /** What all of them have carried. */
  readonly traffic: Traffic
  /** The link goes on with this one. */
  attach(lane: Lane): void
  /** The one of now stays open until the next is attached, so that the other end does not take its end for a cut. */
  retire(): number
  /** The link has none from now on; whoever takes it says the last words on it. */
  take(): Lane | undefined
  /** Ends it without a word. */
  leave(): void
  /** The link moves no more. */
  dropRetired(): void
}

export function createLanes(): Lanes {
  let now: Lane | undefined
  let retired: Lane | undefined
  let generation = 0
  /** The one that was attached last, and what went over those before it. */
  let counted: Lane | undefined
  let before: Traffic = { sent: 0, received: 0 }

  const lanes: Lanes = {
    get now() {
      return now
    },
    get generation() {
      return generation
    },
    get traffic() {
      return {
        sent: before.sent + (counted?.moved.sent ?? 0),
        received: before.received + (counted?.moved.received ?? 0),
      }
    },
    attach(lane) {
      generation++
      lanes.dropRetired()
      before = lanes.traffic
      now = counted = lane
    },
    retire() {
      if (now !== undefined) retired = now
      now = undefined
      return ++generation
    },
    take() {
      const last = now
      now = undefined
      return last
    },
    leave() {
      lanes.take()?.abort()
      lanes.dropRetired()
      generation++
    },
    dropRetired() {
      retired?.abort()
      retired = undefined
    },
  }
  return lanes
}
