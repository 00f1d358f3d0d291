import * as assert from 'uvu/assert'
import type { Clock } from '../contract/clock.ts'
import { lawWith, type Law } from './law.ts'

/** Clocks that pass real time; a still one is moved by `move`. */
export interface ClockSubject {
  readonly clock: Clock
  /** Lets this much time pass. */
  move(ms: number): Promise<void>
}

export const clockLaws: readonly Law<ClockSubject>[] = [
  lawWith('now is in milliseconds since 1970', async ({ clock }) => {
    assert.ok(clock.now() > Date.UTC(2020, 0, 1) && clock.now() < Date.UTC(2200, 0, 1))
  }),
  lawWith('monotonic moves on with time and never back', async ({ clock, move }) => {
    const before = clock.monotonic()
    await move(5)
    assert.ok(clock.monotonic() - before >= 4)
  }),
  lawWith('sleep ends after its time and not before', async ({ clock, move }) => {
    const before = clock.monotonic()
    const sleeping = clock.sleep(20).then(() => clock.monotonic() - before)
    await move(40)
    const slept = await sleeping
    assert.ok(slept >= 19, `${slept} ms`)
  }),
  lawWith('an aborted sleep rejects with the reason, at once', async ({ clock }) => {
    const controller = new AbortController()
    const reason = new Error('enough')
    const sleeping = clock.sleep(1_000_000, controller.signal)
    controller.abort(reason)
    assert.is(await sleeping.catch((error: unknown) => error), reason)
  }),
  lawWith('a sleep with a signal aborted before rejects', async ({ clock }) => {
    const reason = new Error('never mind')
    assert.is(await clock.sleep(1_000_000, AbortSignal.abort(reason)).catch((error: unknown) => error), reason)
  }),
]
