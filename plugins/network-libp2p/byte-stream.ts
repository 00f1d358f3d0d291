import type { Stream } from '@libp2p/interface'
import type { ByteStream } from '@palabre/sdk/contract/byte-stream'
import { faults } from './faults.ts'
import { kinds, type FrameFault, type Kind } from './frame.ts'
import { decodeCount, encodeCount } from './hello.ts'
import { createInbox } from './inbox.ts'
import { openLane } from './lane.ts'
import { limits } from './limits.ts'
import { createOutbox } from './outbox.ts'
import { fixedWindow } from './window-size.ts'

/**
 * Bytes in the frames of a link, so that the writer is held back and half a stream can end on every transport: some of them reset a
 * stream whose reader is slow, and some cannot close one half.
 */
export function byteStreamOf(stream: Stream, peer: string): ByteStream {
  const lane = openLane(stream, limits.frame)
  const outbox = createOutbox(fixedWindow(limits.streamWindow), () => lane.wake())
  const inbox = createInbox(limits.streamWindow, (urgent) => {
    if (urgent) lane.post(kinds.taken, encodeCount(inbox.taken))
  })
  let theirsEnded = false
  let oursEnded = false
  let over = false

  const cut = (cause?: unknown) => {
    if (over) return
    over = true
    const error = faults.streamClosed(cause)
    if (!theirsEnded) inbox.end(error)
    outbox.end(error)
    lane.abort()
  }

  /** Both halves are done: nothing of the other side's is on its way any more. */
  const rest = () => {
    if (!theirsEnded || !oursEnded || over) return
    over = true
    void lane.finish()
  }

  const frame = (kind: Kind, payload: Uint8Array) => {
    if (kind === kinds.data && !theirsEnded) {
      if (!inbox.put(payload)) cut()
    } else if (kind === kinds.taken) {
      if (!outbox.taken(decodeCount(payload))) cut()
    } else if (kind === kinds.end) {
      theirsEnded = true
      inbox.end()
      rest()
    } else cut()
  }
  const end = (fault?: FrameFault) => {
    if (!theirsEnded || !oursEnded) cut(fault)
  }
  lane.run({ next: () => outbox.next(), frame, end })

  return {
    peer,
    async write(bytes, { signal } = {}) {
      if (oursEnded) throw faults.streamClosed()
      try {
        for (let at = 0; at < bytes.length; at += limits.streamPiece)
          await outbox.add(bytes.subarray(at, at + limits.streamPiece), signal)
      } catch (error) {
        throw signal?.aborted === true && error === signal.reason ? faults.cancelled(error) : error
      }
    },
    bytes: inbox.frames,
    async closeWrite() {
      if (oursEnded) return
      if (over) throw faults.streamClosed()
      oursEnded = true
      outbox.end(faults.streamClosed())
      await lane.say(kinds.end, new Uint8Array())
      rest()
    },
    abort: () => cut(),
  }
}
