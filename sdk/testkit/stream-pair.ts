import type { ByteStream } from '../contract/byte-stream.ts'

/** Two ends of one stream, in memory: each writes to the other one as `peer`. Nobody is held back. */
export function streamPair(peer: string): readonly [ByteStream, ByteStream] {
  const [there, back] = [pipe(), pipe()]
  const end = (read: Pipe, write: Pipe): ByteStream => ({
    peer,
    write: async (bytes) => write.put(bytes.slice()),
    bytes: read.bytes,
    closeWrite: async () => write.end(),
    abort: () => (read.end(), write.end()),
  })
  return [end(back, there), end(there, back)]
}

type Pipe = ReturnType<typeof pipe>

function pipe() {
  let waiting: Uint8Array[] = []
  let isOver = false
  let wake = () => {}
  return {
    put(bytes: Uint8Array) {
      waiting.push(bytes)
      wake()
    },
    end() {
      isOver = true
      wake()
    },
    bytes: (async function* () {
      while (true) {
        const some = waiting
        waiting = []
        yield* some
        if (waiting.length > 0) continue
        if (isOver) return
        await new Promise<void>((resolve) => (wake = resolve))
      }
    })(),
  }
}
