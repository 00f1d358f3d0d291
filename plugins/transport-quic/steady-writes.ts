import type { AbortOptions, Stream, StreamMuxerFactory } from '@libp2p/interface'

/** What a stream's queue hands on to be written. */
interface Data {
  readonly byteLength: number
  append(more: Data): void
}

/** What the ecosystem's streams do below their queue. */
interface Written extends EventTarget {
  /** Begins a native write, which ends with the event `drain`; one at a time. */
  sendData(data: Data): { readonly sentBytes: number; readonly canSendMore: boolean }
  /** Ends our half after what was written. */
  sendCloseWrite(options?: AbortOptions): Promise<void>
}

/** What waits beside a write that is under way, before the writer is held back. */
const room = 64 * 1024

/**
 * The ecosystem's streams take nothing while a write is under way, each of which goes to another thread and back: every small write
 * holds its writer back, and the thread rests between two large ones. Those of this factory take the next write meanwhile.
 */
export function writingSteadily(factory: StreamMuxerFactory): void {
  const make = factory.createStreamMuxer.bind(factory)
  factory.createStreamMuxer = (connection) => {
    const muxer = make(connection)
    const open = muxer.createStream.bind(muxer)
    muxer.createStream = async (options) => asSteady(await open(options))
    muxer.addEventListener('stream', ({ detail }) => asSteady(detail))
    return muxer
  }
}

const asSteady = (stream: Stream) => steady(stream as Stream & Written)

export function steady<S extends Written>(stream: S): S {
  const write = stream.sendData.bind(stream)
  const closeWrite = stream.sendCloseWrite.bind(stream)
  let waiting: Data | undefined
  let isWriting = false
  let rested: (() => void) | undefined

  const rest = () => {
    isWriting = false
    rested?.()
  }
  const atRest = (signal: AbortSignal | undefined) => {
    return new Promise<void>((resolve, reject) => {
      rested = resolve
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
    })
  }
  stream.addEventListener('drain', () => {
    const next = waiting
    waiting = undefined
    if (next === undefined) rest()
    else write(next)
  })
  stream.addEventListener('close', rest)

  return Object.assign(stream, {
    sendData(data: Data) {
      const sentBytes = data.byteLength
      if (!isWriting) {
        isWriting = true
        write(data)
      } else if (waiting === undefined) waiting = data
      else waiting.append(data)
      return { sentBytes, canSendMore: (waiting?.byteLength ?? 0) < room }
    },
    async sendCloseWrite(options?: AbortOptions) {
      options?.signal?.throwIfAborted()
      if (isWriting) await atRest(options?.signal)
      await closeWrite(options)
    },
  })
}
