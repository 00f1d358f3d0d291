import { portWire } from '@palabre/sdk/contract/port-wire'

/** How many replies of a stream may still go out before its reader has accounted for some. */
export interface Allowance {
  /** Counts one reply; resolves when the next may go, at once after `close`. */
  use(): Promise<void>
  grant(count: number): void
  close(): void
}

export function createAllowance(): Allowance {
  let left: number = portWire.window
  let change = Promise.withResolvers<void>()
  let closed = false
  return {
    async use() {
      left--
      while (left <= 0 && !closed) await change.promise
    },
    grant(count) {
      left = Math.min(portWire.window, left + count)
      change.resolve()
      change = Promise.withResolvers()
    },
    close() {
      closed = true
      change.resolve()
    },
  }
}
