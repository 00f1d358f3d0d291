import { signalWire } from '@palabre/sdk/contract/signal-wire'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'

export type Direction = 'to the server' | 'from the server'

/** Stands in for a server of rooms and passes everything on to a real one: all that it could see, and what it could do. */
export interface Between extends AsyncDisposable {
  readonly url: string
  readonly seen: { readonly direction: Direction; readonly bytes: Buffer }[]
}

/** `bend` may give other bytes to pass on, or none. */
export async function standBetween(
  server: { readonly url: string },
  bend: (bytes: Buffer, direction: Direction) => Buffer | undefined = (bytes) => bytes,
): Promise<Between> {
  const seen: { direction: Direction; bytes: Buffer }[] = []
  const front = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => signalWire.protocol })
  await once(front, 'listening')
  front.on('connection', (guest) => {
    const back = new WebSocket(server.url, signalWire.protocol)
    const ready = new Promise<void>((resolve) => back.on('open', () => resolve()))
    const pass = (from: WebSocket, to: WebSocket, direction: Direction) => {
      from.on('message', (bytes: Buffer) => {
        seen.push({ direction, bytes: Buffer.from(bytes) })
        const passed = bend(bytes, direction)
        if (passed !== undefined) void ready.then(() => to.send(passed))
      })
      from.on('close', () => to.close())
      from.on('error', () => undefined)
    }
    pass(guest, back, 'to the server')
    pass(back, guest, 'from the server')
  })
  return {
    url: `ws://127.0.0.1:${(front.address() as AddressInfo).port}`,
    seen,
    async [Symbol.asyncDispose]() {
      for (const one of front.clients) one.terminate()
      front.close()
      await once(front, 'close')
    },
  }
}
