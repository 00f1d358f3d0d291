import type { Socket } from 'node:dgram'

export interface Server {
  readonly host: string
  readonly port: number
}

/** RFC 8489 §6.2.1 begins with 500 ms and doubles; three are enough to tell a person. */
const waits = [500, 1_000, 1_500]

/** Sends a request until something comes that `read` takes for its answer. `undefined`: nothing did. Rejects when the signal aborts. */
export async function askByUdp<T>(
  socket: Socket,
  { host, port }: Server,
  request: Uint8Array,
  read: (bytes: Uint8Array) => T | undefined,
  signal: AbortSignal,
): Promise<T | undefined> {
  const answer = Promise.withResolvers<T>()
  const hear = (bytes: Uint8Array) => {
    const told = read(bytes)
    if (told !== undefined) answer.resolve(told)
  }
  const fail = () => undefined
  socket.on('message', hear).on('error', fail)
  try {
    for (const wait of waits) {
      // Without a way there the next try will say so too.
      socket.send(request, port, host, () => undefined)
      const there = await Promise.race([answer.promise, quiet(wait, signal)])
      if (there !== undefined) return there
    }
    return undefined
  } finally {
    socket.off('message', hear).off('error', fail)
  }
}

function quiet(ms: number, signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', quit)
      resolve(undefined)
    }, ms)
    const quit = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    signal.addEventListener('abort', quit, { once: true })
  })
}
