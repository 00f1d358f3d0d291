import { isPalabreError, type Code } from '../error.ts'
import type { Port } from './port.ts'

export interface Asked {
  readonly port: Port
  readonly command: string
  readonly args?: object
  readonly signal: AbortSignal
  after(ms: number, fn: () => void): Disposable
  /** With one of these the kernel has answered: it is thrown, not asked again. */
  readonly answers: readonly Code[]
}

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

/**
 * How long until it is tried again when nothing else tells that it can be had: at once, as a kernel that starts needs little time, and
 * then ever later.
 */
const pauses = { first: 25, longest: 1_000 }

/** Asks until a kernel answers that is still starting or out of reach; nothing when the signal aborts before. */
export async function askPort({ port, command, args = {}, signal, after, answers }: Asked): Promise<unknown> {
  let pause = pauses.first
  while (!signal.aborted) {
    try {
      const { data } = await port.run(command, args, { signal })
      return signal.aborted ? undefined : data
    } catch (error) {
      if (isPalabreError(error) && answers.includes(error.code)) throw error
    }
    if (!signal.aborted) pause = await rest(port, pause, after, signal)
  }
  return undefined
}

/** Follows what happens in a kernel until the signal aborts: what is lost is sought again, and read anew when it is back. */
export async function followPort({ port, command, args = {}, signal, after, fresh, heard, lost }: Followed): Promise<void> {
  let pause = pauses.first
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
        pause = pauses.first
      }
    } catch (error) {
      if (!signal.aborted) lost(error)
    }
    if (!signal.aborted) pause = await rest(port, pause, after, signal)
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

/** Until the port opens, or a while has passed; returns how long the next while is. */
function rest(port: Port, pause: number, after: Followed['after'], signal: AbortSignal): Promise<number> {
  return new Promise((resolve) => {
    const over = (next: number) => {
      timer[Symbol.dispose]()
      watching[Symbol.dispose]()
      resolve(next)
    }
    const longer = () => over(Math.min(2 * pause, pauses.longest))
    const timer = after(pause, longer)
    const watching = port.watch((state) => {
      if (state === 'open') over(pauses.first)
    })
    signal.addEventListener('abort', longer, { once: true })
  })
}
