import { costOf } from './outbox.ts'

/** Frames that came and wait for the program. The other end knows how much room there is and is not forgiven for passing it. */
export interface Inbox {
  /** False when the frame exceeds the window. */
  put(frame: Uint8Array): boolean
  /** For one reader. */
  readonly frames: AsyncIterable<Uint8Array>
  /** Nothing more comes; after what is here, the reader ends or is told `error`. */
  end(error?: unknown): void
  /** How many came, and how many the program took. */
  readonly received: number
  readonly taken: number
}

/** `onTaken` hears of each frame the program took; urgently when what was not told yet is a good part of the window. */
export function createInbox(window: number, onTaken: (urgent: boolean) => void): Inbox {
  const queue: Uint8Array[] = []
  let used = 0
  let received = 0
  let taken = 0
  let untold = 0
  let ended: { error: unknown } | undefined
  let wake: (() => void) | undefined

  const take = (): Uint8Array => {
    const frame = queue.shift()!
    const cost = costOf(frame.length)
    used -= cost
    untold += cost
    taken++
    const urgent = untold >= window / 4
    if (urgent) untold = 0
    onTaken(urgent)
    return frame
  }

  async function next(): Promise<IteratorResult<Uint8Array, undefined>> {
    while (queue.length === 0) {
      if (ended?.error !== undefined) throw ended.error as Error
      if (ended !== undefined) return { done: true, value: undefined }
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    return { done: false, value: take() }
  }

  return {
    put(frame) {
      used += costOf(frame.length)
      if (used > window) return false
      queue.push(frame)
      received++
      wake?.()
      return true
    },
    // Leaving a loop early keeps what was not read for the next one.
    frames: { [Symbol.asyncIterator]: () => ({ next, return: async () => ({ done: true, value: undefined }) }) },
    end(error) {
      ended ??= { error }
      wake?.()
    },
    get received() {
      return received
    },
    get taken() {
      return taken
    },
  }
}
