import { decodeSignal, signalRefusals, signalWire, type SignalMessage } from '@palabre/sdk/contract/signal-wire'
import { once } from 'node:events'
import { WebSocket } from 'ws'

/** Somebody at a server of rooms who says whatever they like. */
export interface RoomCaller extends Disposable {
  say(bytes: Uint8Array): void
  /** The next word: its kind, or why it was refused; `closed` when there will be none. */
  hears(): Promise<string>
}

/** From an address of this machine. Fails with what the server answered when it wants no socket. */
export async function callRooms(url: string, localAddress = '127.0.0.1'): Promise<RoomCaller> {
  const socket = new WebSocket(url, signalWire.protocol, { localAddress })
  const heard: (SignalMessage | undefined)[] = []
  let wake = () => {}
  const hear = (message: SignalMessage | undefined) => {
    heard.push(message)
    wake()
  }
  socket.on('message', (bytes: Buffer) => hear(decodeSignal(new Uint8Array(bytes))))
  socket.on('close', () => hear(undefined))
  await once(socket, 'open')
  socket.on('error', () => undefined)
  return {
    say: (bytes) => socket.send(bytes),
    async hears() {
      while (heard.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      const message = heard.shift()
      return message?.kind === 'refused' ? signalRefusals[message.number]! : (message?.kind ?? 'closed')
    },
    [Symbol.dispose]: () => socket.terminate(),
  }
}

/** A name that nobody else has. */
export const newRoom = () => crypto.getRandomValues(new Uint8Array(signalWire.room))
