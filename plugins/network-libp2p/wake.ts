import type { Clock } from '@palabre/sdk/contract/clock'
import { limits } from './limits.ts'

/** Notices that the machine slept: asked at a steady pace, it finds that more time went by than can have. */
export interface WakeWatch {
  slept(): boolean
}

export function createWakeWatch(clock: Pick<Clock, 'now' | 'monotonic'>): WakeWatch {
  let wall = clock.now()
  let steady = clock.monotonic()
  return {
    slept() {
      // Some systems stop the steady clock in their sleep, some do not; a wall clock set back tells nothing.
      const passed = Math.max(clock.now() - wall, clock.monotonic() - steady)
      wall = clock.now()
      steady = clock.monotonic()
      return passed > limits.mind + limits.sleep
    },
  }
}
