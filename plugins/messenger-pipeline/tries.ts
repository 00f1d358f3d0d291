import type { Text } from '@palabre/sdk'
import type { Route } from '@palabre/sdk/contract/route'
import { limits } from './limits.ts'

/** What becomes of our tries to bring things to one person. */
export interface Tries {
  running: boolean
  again: boolean
  attempts: number
  /** How often in a row nothing was acknowledged in its time. */
  silences: number
  /** How often in a row something was refused. */
  refused: number
  nextTry: number
  reason: Text | undefined
  /** Handed to a road since it opened, not acknowledged yet. */
  readonly carried: Set<string>
  /** The last try by each road that is being tried. */
  readonly underWay: Map<Route, Trial>
  /** Whether the last try had nothing to bring. */
  isLooking: boolean
  /** Ends the wait for what is being tried, which goes on. */
  waiting: AbortController | undefined
  pause: AbortController | undefined
  knocking: boolean
}

export interface Trial {
  last: Promise<void>
  /** Since when the road is being tried: whoever is only looked for waits for a turn. */
  since: number | undefined
}

export const noTries = (): Tries => ({
  running: false,
  again: false,
  attempts: 0,
  silences: 0,
  refused: 0,
  nextTry: 0,
  reason: undefined,
  carried: new Set(),
  underWay: new Map(),
  isLooking: false,
  waiting: undefined,
  pause: undefined,
  knocking: false,
})

/** For how long an acknowledgement is waited for, before everything is brought again. */
export const patienceOf = ({ refused, silences }: Tries) =>
  Math.min(limits.longestPause, refused > 0 ? limits.firstPause * 2 ** (refused - 1) : limits.ackPatience * 2 ** silences)
