import type { Timers } from '@palabre/kernel'

/**
 * Timers that a plugin sets past its scope. The kernel cannot see them, so Node's own functions are wrapped: each timer is noted
 * with the plugin in whose name it was set, and one that outlives its plugin is stopped and told.
 */
export interface TimerWatch extends Disposable {
  /** Node's own functions, for those who look after their timers themselves: the kernel. */
  readonly unwatched: Timers
  /** Stops what the plugin left running and says how many there were. */
  reclaim(plugin: string): number
}

export function watchTimers(current: () => string | undefined): TimerWatch {
  const original = { setTimeout: globalThis.setTimeout, setInterval: globalThis.setInterval }
  const owned = new Map<string, Set<NodeJS.Timeout>>()

  const noting = <F extends (...args: never[]) => NodeJS.Timeout>(set: F) => {
    const noted = (...args: Parameters<F>) => {
      const timer = set(...args)
      const owner = current()
      if (owner !== undefined) note(owned, owner, timer)
      return timer
    }
    return Object.assign(noted, set)
  }

  globalThis.setTimeout = noting(original.setTimeout)
  globalThis.setInterval = noting(original.setInterval)

  return {
    unwatched: {
      now: () => Date.now(),
      monotonic: () => performance.now(),
      setTimeout: (fn, ms) => original.setTimeout(fn, ms),
      clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
    },
    reclaim(plugin) {
      const left = [...(owned.get(plugin) ?? [])].filter(isAlive)
      owned.delete(plugin)
      for (const timer of left) clearTimeout(timer)
      return left.length
    },
    [Symbol.dispose]: () => void Object.assign(globalThis, original),
  }
}

function note(owned: Map<string, Set<NodeJS.Timeout>>, owner: string, timer: NodeJS.Timeout): void {
  const row = owned.get(owner) ?? new Set()
  owned.set(owner, row.add(timer))
  // Timers end without telling; the row is swept when it has grown, so that it stays as long as what is alive.
  if (row.size >= 64 && (row.size & (row.size - 1)) === 0) for (const one of row) if (!isAlive(one)) row.delete(one)
}

/** Node marks a timer that has fired or was cleared; one that does not keep the process alive is nobody's loss. */
function isAlive(timer: NodeJS.Timeout): boolean {
  return !(timer as unknown as { _destroyed: boolean })._destroyed && timer.hasRef()
}
