import { setTimeout as sleep } from 'node:timers/promises'

/** Whether anything passes. */
export interface Darkness {
  readonly isDark: boolean
  /** Resolves at once while it is light. */
  light(): Promise<void>
  fall(): Disposable
  /** Light, for good. */
  end(): void
}

export function createDarkness(): Darkness {
  let night: PromiseWithResolvers<void> | undefined
  const lift = () => {
    night?.resolve()
    night = undefined
  }
  return {
    get isDark() {
      return night !== undefined
    },
    light: async () => night?.promise,
    fall() {
      const mine = (night ??= Promise.withResolvers<void>())
      return {
        [Symbol.dispose]: () => {
          if (night === mine) lift()
        },
      }
    },
    end: lift,
  }
}

/** Milliseconds, from the first to below the second. */
export type Delay = readonly [number, number]

export async function sleepUntil(due: number): Promise<void> {
  const rest = due - performance.now()
  if (rest > 0) await sleep(rest)
}
