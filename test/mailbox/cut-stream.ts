import type { ByteStream } from '@palabre/sdk/contract/byte-stream'
import type { SeededRandom } from '@palabre/sdk/testkit'

/** Where a stream ends: after so many bytes of what the mailbox says, or of what is said to it. */
export interface Cut {
  readonly of: 'said' | 'heard'
  readonly after: number
}

/** The stream as a mailbox has it that truncates: it ends in good order, wherever that is in a message. */
export function cutStream(stream: ByteStream, { of, after }: Cut): ByteStream {
  let left = after
  const within = (bytes: Uint8Array) => {
    const some = bytes.slice(0, left)
    left -= some.length
    return some
  }
  const said: ByteStream['write'] = async (bytes, options) => {
    if (left === 0) return
    await stream.write(within(bytes), options)
    if (left === 0) await stream.closeWrite()
  }
  const heard = async function* () {
    for await (const bytes of stream.bytes) {
      yield within(bytes)
      if (left > 0) continue
      await stream.closeWrite()
      return
    }
  }
  return of === 'said' ? { ...whole(stream), write: said } : { ...whole(stream), bytes: heard() }
}

/** Cuts so many streams, as likely within the first answers as within some blocks; later ones stay whole, so that there is an end. */
export function cutAnywhere(random: SeededRandom, times: number): (stream: ByteStream) => ByteStream {
  let left = times
  return (stream) => {
    if ((left -= 1) < 0) return stream
    const after = 1 + random.below(random.pick([200, 20_000, 80_000]))
    return cutStream(stream, { of: random.pick(['said', 'heard']), after })
  }
}

const whole = (stream: ByteStream): ByteStream => ({
  peer: stream.peer,
  write: (bytes, options) => stream.write(bytes, options),
  bytes: stream.bytes,
  closeWrite: () => stream.closeWrite(),
  abort: () => stream.abort(),
})
