import type { Clock } from '@palabre/sdk/contract/clock'

/**
 * A signal that aborts when its time is over, by the network's own clock; disposed when what it bounds is done. Once that is called off,
 * nothing is left to wait for, however long it takes to come back from it.
 */
export interface Deadline extends Disposable {
  readonly signal: AbortSignal
}

export function openDeadline(clock: Pick<Clock, 'sleep'>, ms: number, calledOff: AbortSignal): Deadline {
  const late = new AbortController()
  const done = new AbortController()
  clock.sleep(ms, AbortSignal.any([calledOff, done.signal])).then(
    () => late.abort(new DOMException(`${ms} ms are over`, 'TimeoutError')),
    () => undefined,
  )
  return { signal: late.signal, [Symbol.dispose]: () => done.abort() }
}
