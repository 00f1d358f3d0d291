import type { WebSocket } from 'ws'
import { limits } from './limits.ts'

/** What goes out to one face, with a sense of how far behind it is. */
export interface Outbox {
  /** More lies here than a face should leave unread. */
  readonly isFull: boolean
  send(frame: string): void
  /** Resolves when there is room again, at once when there is, and when the face is gone. */
  room(): Promise<void>
}

export function createOutbox(peer: WebSocket): Outbox {
  let lastSent: Promise<void> = Promise.resolve()
  // What a broken socket did not send stays in its count for ever.
  let broken = false
  const isFull = () => !broken && peer.bufferedAmount > limits.unread
  return {
    get isFull() {
      return isFull()
    },
    send(frame) {
      const written = Promise.withResolvers<void>()
      lastSent = written.promise
      peer.send(frame, (error) => {
        broken ||= error instanceof Error
        written.resolve()
      })
    },
    async room() {
      while (isFull()) await lastSent
    },
  }
}
