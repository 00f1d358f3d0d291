import { definePlugin } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { fakeClock, testPlugin, type TestPlugin } from '@palabre/sdk/testkit'

/** A clock that goes on only while somebody waits by it, in steps between which sockets get their turn. */
export interface SteppedClock {
  readonly plugin: TestPlugin
  /** Milliseconds that went by so far. */
  passed(): number
  /** Lets time pass until this has come to an end. */
  until<T>(running: PromiseLike<T>): Promise<T>
}

const step = 50

export function steppedClock(): SteppedClock {
  const clock = fakeClock()
  return {
    plugin: testPlugin('clock-stepped', definePlugin({ provides: { clock: Clock }, start: () => ({ clock }) })),
    passed: clock.monotonic,
    async until(running) {
      let over = false
      const ended = Promise.resolve(running).finally(() => (over = true))
      ended.catch(() => undefined)
      while (!over) {
        await clock.advance(step)
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
      return ended
    },
  }
}
