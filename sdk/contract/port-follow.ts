import type { Port } from './port.ts'

export interface Followed {
  readonly port: Port
  /** A command that streams: `messages.watch`. */
  readonly command: string
  readonly args?: object
  readonly signal: AbortSignal
  after(ms: number, fn: () => void): Disposable
  /** Reads what is now: at first, and again whenever something may have been missed. */
  fresh(): Promise<void> | void
  heard(data: unknown): void
  /** It cannot be followed now, and is tried again. */
  lost(error: unknown): void
}

/** How long until it is tried again when nothing else tells that it can be had. */
const retryMs = 1_000

/** Follows what happens in a kernel until the signal aborts: what is lost is sought again, and read anew when it is back. */
export async function followPort({ port, command, args = {}, signal, after, fresh, heard, lost }: Followed): Promise<void> {
  while (!signal.aborted) {
    try {
      const events = port.stream(command, args, { signal })[Symbol.asyncIterator]()
      // Asked for before reading, so that nothing falls in between.
      let next = events.next()
      next.catch(() => undefined)
      await fresh()
      for (let one = await next; one.done !== true; one = await next) {
        next = events.next()
        next.catch(() => undefined)
        heard(one.value.data)
      }
    } catch (error) {
      if (!signal.aborted) lost(error)
    }
    if (!signal.aborted) await rest(port, after, signal)
  }
}

interface Drove {
  readonly ms: number
  readonly signal: AbortSignal
  after(ms: number, fn: () => void): Disposable
}

/** Events come in droves: `work` is done once for all that are heard within this time. */
export function inDroves(work: () => void, { ms, signal, after }: Drove): () => void {
  let isComing = false
  return () => {
    if (isComing || signal.aborted) return
    isComing = true
    after(ms, () => {
      isComing = false
      if (!signal.aborted) work()
    })
  }
}

/** Until the port opens, or a while has passed. */
function rest(port: Port, after: Followed['after'], signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      timer[Symbol.dispose]()
      watching[Symbol.dispose]()
      resolve()
    }
    const timer = after(retryMs, over)
    const watching = port.watch((state) => {
      if (state === 'open') over()
    })
    signal.addEventListener('abort', over, { once: true })
  })
}
