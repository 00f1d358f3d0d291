import { token } from '../token.ts'

/** What time it is, and waiting. Kept apart from the language's own so that a test can hold it still or skew it. */
export interface Clock {
  /** Milliseconds since 1970, as the person's machine believes: it may jump in either direction. */
  now(): number
  /** Milliseconds since some moment in the past; never goes back. */
  monotonic(): number
  /** Resolves after `ms`; rejects with the signal's reason when aborted first, at once if it already is. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export const Clock = token<Clock>('clock')
