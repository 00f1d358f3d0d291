// Plain sockets, moved from outside by messages.
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'

export type Order =
  | { readonly do: 'bind'; readonly port: number }
  | { readonly do: 'send'; readonly from: number; readonly to: string; readonly port: number; readonly said: string }
  | { readonly do: 'listen'; readonly port: number }
  | { readonly do: 'reach'; readonly to: string; readonly port: number }

/** A datagram that came. */
export interface Said {
  readonly said: string
  readonly at: number
  readonly address: string
  readonly port: number
}

const reachMs = 1_500
const sockets = new Map<number, Socket>()

async function bound(port: number): Promise<Socket> {
  const there = sockets.get(port)
  if (there !== undefined) return there
  const socket = createSocket('udp4')
  socket.on('message', (bytes, from) => tell({ said: String(bytes), at: port, address: from.address, port: from.port }))
  socket.bind(port)
  sockets.set(port, socket)
  await once(socket, 'listening')
  return socket
}

async function obey(order: Order): Promise<unknown> {
  if (order.do === 'bind') return void (await bound(order.port))
  if (order.do === 'listen')
    return once(createServer((socket) => void socket.on('error', () => undefined)).listen(order.port), 'listening').then(() => true)
  if (order.do === 'reach') return reach(order.to, order.port)
  const socket = await bound(order.from)
  return new Promise((resolve) => {
    socket.send(order.said, order.port, order.to, (error) => resolve(error === null))
  })
}

function reach(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const end = (reached: boolean) => {
      socket.destroy()
      resolve(reached)
    }
    socket.setTimeout(reachMs, () => end(false))
    socket.once('connect', () => end(true)).once('error', () => end(false))
  })
}

const tell = (message: Said | { answer: number; value: unknown }) => process.send?.(message)

process.on('message', ({ id, what }: { id: number; what: Order }) => {
  void obey(what).then((value) => tell({ answer: id, value }))
})
