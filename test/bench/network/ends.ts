import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import type { Stream } from '@libp2p/interface'
import type { Link } from '@palabre/sdk/contract/link'
import { openBareNode } from '../../network/bare-node.ts'
import { openNode, type Road } from '../../network/nodes.ts'

/** Two ends in this process. Each way carries pieces of bytes; how they are cut does not count. */
export interface Ends extends AsyncDisposable {
  readonly here: End
  readonly there: End
}

interface End {
  /** Resolves when more may be written. */
  write(bytes: Uint8Array): Promise<unknown> | undefined
  /** Resolves when so many bytes more have come. */
  read(bytes: number): Promise<void>
}

/** A reader that only counts. */
function counter() {
  let have = 0
  let wanted: { bytes: number; go: () => void } | undefined
  const look = () => {
    if (wanted === undefined || have < wanted.bytes) return
    have -= wanted.bytes
    const { go } = wanted
    wanted = undefined
    go()
  }
  return {
    came(bytes: number) {
      have += bytes
      look()
    },
    read: (bytes: number) =>
      new Promise<void>((go) => {
        wanted = { bytes, go }
        look()
      }),
  }
}

export async function openLinks(road: Road): Promise<Ends> {
  const a = await openNode({ roads: [road] })
  const b = await openNode({ roads: [road] })
  const end = (link: Link): End => {
    const { came, read } = counter()
    void (async () => {
      for await (const frame of link.frames) came(frame.length)
    })().catch(() => undefined)
    return { read, write: (bytes) => link.send(bytes) }
  }
  const here = end(await a.network.dial(b.network.addresses()))
  const event = await b.happened(({ kind }) => kind === 'link-opened')
  const there = end((event as { link: Link }).link)
  return {
    here,
    there,
    async [Symbol.asyncDispose]() {
      await a[Symbol.asyncDispose]()
      await b[Symbol.asyncDispose]()
    },
  }
}

const protocol = '/bench/1'
let opened = 0
const listen: Record<Road, () => string> = {
  tcp: () => '/ip4/127.0.0.1/tcp/0',
  quic: () => '/ip4/127.0.0.1/udp/0/quic-v1',
  websocket: () => '/ip4/127.0.0.1/tcp/0/ws',
  memory: () => `/memory/bench-${++opened}`,
}

/** `heldBack`: whoever writes waits until what was written before has left, as who must not fill the memory does. */
export async function openStreams(road: Road, { heldBack }: { readonly heldBack: boolean }): Promise<Ends> {
  const a = await openBareNode(road)
  const b = await openBareNode(road, [listen[road]()])
  const end = (stream: Stream): End => {
    const { came, read } = counter()
    stream.addEventListener('message', ({ data }) => came(data.byteLength))
    return {
      read,
      write: (bytes) => (stream.send(bytes) ? undefined : heldBack ? drained(stream) : stream.onDrain()),
    }
  }
  const arrived = Promise.withResolvers<End>()
  await b.answer(protocol, (stream) => arrived.resolve(end(stream)))
  const connection = await a.connect(b.addresses[0]!)
  const here = end(await connection.newStream(protocol))
  return {
    here,
    there: await arrived.promise,
    async [Symbol.asyncDispose]() {
      await a[Symbol.asyncDispose]()
      await b[Symbol.asyncDispose]()
    },
  }
}

/** The ecosystem’s `onDrain` is fulfilled for good after the first time. */
const drained = (stream: Stream) => new Promise<void>((go) => stream.addEventListener('drain', () => go(), { once: true }))

export async function openSockets(): Promise<Ends> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').setNoDelay()
  const [other] = (await once(server, 'connection')) as [typeof socket]
  other.setNoDelay()
  const end = (one: typeof socket): End => {
    const { came, read } = counter()
    one.on('data', (bytes) => came(bytes.length))
    return { read, write: (bytes) => (one.write(bytes) ? undefined : once(one, 'drain')) }
  }
  return {
    here: end(socket),
    there: end(other),
    async [Symbol.asyncDispose]() {
      socket.destroy()
      other.destroy()
      server.close()
    },
  }
}
