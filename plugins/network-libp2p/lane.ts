import type { Stream } from '@libp2p/interface'
import type { Traffic } from '@palabre/sdk/contract/link'
import { BrokenFrame, createFrameReader, encodeFrame, kinds, type FrameFault, type Kind } from './frame.ts'
import { limits } from './limits.ts'

/** One stream carrying frames. A link runs on one lane after the other; a stream beside it is one. */
export interface Lane {
  /** Sends a frame before any data that waits. */
  post(kind: Kind, payload: Uint8Array): void
  /** Where data comes from, and what is told of what arrives. Frames that came before are told at once. */
  run(driver: LaneDriver): void
  /** Keeps what arrives for the next driver. */
  rest(): void
  /** There is more data to pull. */
  wake(): void
  /** Sends a frame after all data that waits; resolves when it is on its way. */
  say(kind: Kind, payload: Uint8Array): Promise<void>
  /** Closes our half when what waits is on its way, after a last frame if there is one. */
  finish(kind?: Kind, payload?: Uint8Array): Promise<void>
  abort(): void
  readonly skipped: number
  /** Bytes that this stream has carried. */
  readonly moved: Traffic
}

interface LaneDriver {
  /** The next frame of data, encoded. */
  next(): Uint8Array | undefined
  frame(kind: Kind, payload: Uint8Array): void
  /** The stream is over, by the other end, the connection, or a frame that cannot be read. Told once. */
  end(fault?: FrameFault): void
}

/**
 * Frames that wait travel together in pieces, from about the first size to the last, each twice the one before: of a piece that does not
 * come through whole nothing comes through, and a road that is cut again and again must bring something each time. Up to `small` a
 * frame is copied.
 */
const pieces = { first: 4 * 1024, most: 512 * 1024 }
const small = 8 * 1024
/** How many turns of promises pass between two frames of somebody who awaits each of them, and then some. */
const patience = 6

/** A stream beside a link needs no hello: the channel has said who the other end is. */
export function openLane(stream: Stream, limit: number = limits.frameBeforeHello): Lane {
  const urgent: Uint8Array[] = []
  const early: [Kind, Uint8Array][] = []
  let driver: LaneDriver | undefined
  let last: Uint8Array | undefined
  /** Pulled, and too large to travel with those before it. */
  let ahead: Uint8Array | undefined
  let piece = pieces.first
  let pumping: Promise<void> | undefined
  let dirty = false
  let wakes = 0
  let over: { fault?: FrameFault } | undefined
  const moved = { sent: 0, received: 0 }

  const end = (fault?: FrameFault) => {
    if (over !== undefined) return
    over = fault === undefined ? {} : { fault }
    driver?.end(fault)
  }

  const reader = createFrameReader((kind, payload) => {
    if (kind === kinds.hello) reader.allow(limits.frame)
    if (driver === undefined) early.push([kind, payload])
    else driver.frame(kind, payload)
  })

  reader.allow(limit)

  stream.addEventListener('message', ({ data }) => {
    if (over !== undefined) return
    try {
      for (const chunk of data instanceof Uint8Array ? [data] : data) {
        moved.received += chunk.length
        reader.push(chunk)
      }
    } catch (error) {
      if (!(error instanceof BrokenFrame)) throw error
      end(error.fault)
    }
  })
  stream.addEventListener('close', () => end())
  stream.addEventListener('remoteCloseWrite', () => end())

  const pull = (): Uint8Array | undefined => {
    const frame = urgent.shift() ?? driver?.next()
    if (frame !== undefined) return frame
    const final = last
    last = undefined
    return final
  }

  /** What travels together: frames that lie beside each other as they are, small ones copied; copying large ones costs more than it saves. */
  const gather = (): Uint8Array | undefined => {
    let whole = ahead ?? pull()
    ahead = undefined
    if (whole === undefined) return undefined
    const copied: Uint8Array[] = []
    let size = whole.length
    while (size < piece && (ahead = pull()) !== undefined) {
      if (copied.length === 0 && isBeside(whole, ahead)) whole = new Uint8Array(whole.buffer, whole.byteOffset, size + ahead.length)
      else if (whole.length <= small && ahead.length <= small) copied.push(ahead)
      else break
      size += ahead.length
      ahead = undefined
    }
    return copied.length === 0 ? whole : joined([whole, ...copied], size)
  }

  const pump = async () => {
    for (let next = gather(); next !== undefined; next = gather()) {
      moved.sent += next.length
      piece = Math.min(2 * piece, pieces.most)
      if (!stream.send(next)) await drained(stream)
    }
  }

  /** Whoever writes in a row is let finish first, so that what is sent in one go travels together. */
  const settle = async () => {
    for (let seen = wakes, turns = 0; turns < patience; turns++) {
      await Promise.resolve()
      if (seen !== wakes) turns = 0
      seen = wakes
    }
  }

  /** Again, when something came while it was at work. */
  const work = async () => {
    await settle()
    try {
      while (dirty && stream.writeStatus === 'writable') {
        dirty = false
        await pump()
      }
    } catch {
      end()
    }
    pumping = undefined
  }

  const wake = () => {
    dirty = true
    wakes++
    pumping ??= work()
  }

  const say = async (kind: Kind, payload: Uint8Array) => {
    last = encodeFrame(kind, payload)
    wake()
    while (pumping !== undefined) await pumping
  }

  return {
    post(kind, payload) {
      urgent.push(encodeFrame(kind, payload))
      wake()
    },
    run(given) {
      driver = given
      while (driver === given && early.length > 0) given.frame(...early.shift()!)
      if (over !== undefined && driver === given) given.end(over.fault)
      wake()
    },
    rest() {
      driver = undefined
    },
    wake,
    say,
    async finish(kind, payload) {
      if (kind !== undefined) await say(kind, payload!)
      while (pumping !== undefined) await pumping
      await stream.close({ signal: AbortSignal.timeout(limits.goodbye) }).catch(() => stream.abort(new Error('too slow to close')))
    },
    abort() {
      over ??= {}
      stream.abort(new Error('the lane is given up'))
    },
    get skipped() {
      return reader.skipped
    },
    moved,
  }
}

/** In the same buffer, and nothing between them. */
const isBeside = (one: Uint8Array, next: Uint8Array) =>
  one.buffer === next.buffer && one.byteOffset + one.length === next.byteOffset

/** The ecosystem's own promise of this is fulfilled for good after the first time: whoever believes it is held back by nothing. */
function drained(stream: Stream): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stream.removeEventListener('drain', done)
      stream.removeEventListener('close', done)
      resolve()
    }
    stream.addEventListener('drain', done)
    stream.addEventListener('close', done)
  })
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
