import type { KernelMessage } from '@palabre/sdk/contract/port-wire'
import { WebSocket, type ClientOptions } from 'ws'

/** A face without a page, for the tests: says exactly what it is told to say. */
export interface BareFace {
  readonly socket: WebSocket
  /** The code the kernel closed with. */
  readonly closed: Promise<number>
  send(message: unknown): void
  /** The next message of the kernel; rejects when it closes instead. */
  next(): Promise<KernelMessage>
}

/** Connects and says nothing. Rejects with the answer's status when the upgrade is refused. */
export async function knock(origin: string, options: ClientOptions = {}): Promise<BareFace> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/port`, { perMessageDeflate: false, ...options })
  socket.on('error', () => undefined)
  const messages: KernelMessage[] = []
  const waiting: PromiseWithResolvers<KernelMessage>[] = []
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))

  socket.on('message', (data) => {
    const message = JSON.parse((data as Buffer).toString()) as KernelMessage
    const first = waiting.shift()
    if (first === undefined) messages.push(message)
    else first.resolve(message)
  })
  void closed.then((code) => waiting.forEach(({ reject }) => reject(new Error(`closed with ${code}`))))

  await opened(socket)
  return {
    socket,
    closed,
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    async next() {
      const first = messages.shift()
      if (first !== undefined) return first
      const next = Promise.withResolvers<KernelMessage>()
      waiting.push(next)
      return next.promise
    },
  }
}

async function opened(socket: WebSocket): Promise<void> {
  const open = Promise.withResolvers<void>()
  socket.once('open', open.resolve)
  socket.once('unexpected-response', (_request, { statusCode }) => {
    open.reject(new Error(`refused with ${statusCode}`))
    socket.terminate()
  })
  await open.promise
}

/** Connects and shows the token of a one-time address. */
export async function enter(address: string, options?: ClientOptions): Promise<BareFace & { readonly session: string }> {
  const { origin, hash } = new URL(address)
  const face = await knock(origin, options)
  face.send(hello('token', hash.replace('#token=', '')))
  const welcome = await face.next()
  if (welcome.kind !== 'welcome') throw new Error(`${welcome.kind} came instead of welcome`)
  return { ...face, session: welcome.session }
}

export function hello(proof: 'token' | 'session', secret: string, version = 1): object {
  return { kind: 'hello', version, proof, secret }
}
