import { AsyncLocalStorage } from 'node:async_hooks'
import type { Asker } from '@palabre/sdk/contract/asker'

/** Who is asked what a plugin wants to know: whoever gave the command it is doing, else the person at this terminal. */
export interface CallerAsker {
  readonly asker: Asker
  /** What is asked within goes to this caller, for as long as there is one. */
  within<T>(caller: Asker, signal: AbortSignal, fn: () => T): T
}

export function createCallerAsker(here: Asker): CallerAsker {
  const callers = new AsyncLocalStorage<{ readonly asker: Asker; readonly signal: AbortSignal }>()
  const who = () => {
    const caller = callers.getStore()
    return caller === undefined || caller.signal.aborted ? here : caller.asker
  }
  return {
    asker: {
      get isAttended() {
        return who().isAttended
      },
      secret: (question, about, options) => who().secret(question, about, options),
    },
    within: (asker, signal, fn) => callers.run({ asker, signal }, fn),
  }
}
