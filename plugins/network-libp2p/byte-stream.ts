import type { Stream } from '@libp2p/interface'
import type { ByteStream } from '@palabre/sdk/contract/byte-stream'
import { faults } from './faults.ts'
import { limits } from './limits.ts'

/** A stream of the ecosystem as the house sees it: pulled by its reader, and holding back its writer. */
export function byteStreamOf(stream: Stream, peer: string): ByteStream {
  const queue: Uint8Array[] = []
  let waiting = 0
  let over: { error?: unknown } | undefined
  let wake: (() => void) | undefined

  const end = (error?: unknown) => {
    over ??= error === undefined ? {} : { error }
    wake?.()
  }

  stream.addEventListener('message', ({ data }) => {
    for (const chunk of data instanceof Uint8Array ? [data] : data) {
      queue.push(chunk)
      waiting += chunk.length
    }
    if (waiting > limits.readAhead && stream.readStatus === 'readable') stream.pause()
    wake?.()
  })
  let halfClosed = false
  stream.addEventListener('remoteCloseWrite', () => {
    halfClosed = true
  })
  // Told when all that came has been handed on; the other side has closed its half, or there is no other side any more.
  const onOver = (error?: Error) => end(halfClosed && error === undefined ? undefined : faults.streamClosed(error))
  stream.addEventListener('end', () => onOver())
  stream.addEventListener('close', ({ error }) => onOver(error))

  async function next(): Promise<IteratorResult<Uint8Array, undefined>> {
    while (queue.length === 0) {
      if (over?.error !== undefined) throw over.error
      if (over !== undefined) return { done: true, value: undefined }
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    const chunk = queue.shift()!
    waiting -= chunk.length
    if (waiting <= limits.readAhead / 2 && stream.readStatus === 'paused') stream.resume()
    return { done: false, value: chunk }
  }

  return {
    peer,
    async write(bytes, { signal } = {}) {
      if (isAborted(signal)) throw faults.cancelled(signal?.reason)
      try {
        if (!stream.send(bytes.slice())) await stream.onDrain(signal === undefined ? {} : { signal })
      } catch (error) {
        throw isAborted(signal) ? faults.cancelled(error) : faults.streamClosed(error)
      }
    },
    bytes: { [Symbol.asyncIterator]: () => ({ next, return: async () => ({ done: true, value: undefined }) }) },
    async closeWrite() {
      try {
        await stream.close()
      } catch (error) {
        throw faults.streamClosed(error)
      }
    },
    abort() {
      stream.abort(faults.streamClosed())
      end(faults.streamClosed())
    },
  }
}

const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true
