import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { reset } from '../faults/reset.ts'

/** A TCP way to a port of this machine that can be cut, or fall silent without a word. */
export interface WayBetween extends AsyncDisposable {
  /** As a multiaddr without a peer id. */
  readonly address: string
  /** Connections that came in so far. */
  readonly count: number
  /** Resets what stands; new connections come through. */
  cut(): void
  /** What stands, and whatever comes, is held and says nothing, not even that the other end has closed. */
  silence(): void
  /** From now on everything takes so long in each direction. */
  slow(ms: number): void
  /** Refuses new connections from now on. */
  shut(): void
}

export async function wayTo(address: string): Promise<WayBetween> {
  const port = Number(/\/tcp\/(\d+)/.exec(address)?.[1])
  const open = new Set<Socket>()
  let count = 0
  let silent = false
  let delay = 0
  const server = createServer((here) => {
    count++
    const there = connect(port, '127.0.0.1')
    for (const [from, to] of [
      [here, there],
      [there, here],
    ] as const) {
      open.add(from)
      from.on('data', (bytes) => {
        if (silent) return
        if (delay === 0) to.write(bytes)
        else setTimeout(() => to.write(bytes), delay)
      })
      from.on('error', () => undefined)
      from.on('close', () => {
        open.delete(from)
        if (!silent) to.destroy()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    silent = false
    for (const socket of open) reset(socket)
  }
  return {
    address: `/ip4/127.0.0.1/tcp/${(server.address() as AddressInfo).port}`,
    get count() {
      return count
    },
    cut,
    silence() {
      silent = true
    },
    slow(ms) {
      delay = ms
    },
    shut: () => void server.close(),
    async [Symbol.asyncDispose]() {
      cut()
      server.close()
    },
  }
}
