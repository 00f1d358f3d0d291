import type { Listener, ListenerEvents } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { TypedEventEmitter } from 'main-event'

/** Listening is waiting for those who were told where; nobody else is told any address. */
export class MeetingListener extends TypedEventEmitter<ListenerEvents> implements Listener {
  readonly #wait: (stopped: AbortSignal) => Disposable
  readonly #stopped = new AbortController()
  #waiting: Disposable | undefined

  constructor(wait: (stopped: AbortSignal) => Disposable) {
    super()
    this.#wait = wait
  }

  async listen(): Promise<void> {
    this.#waiting = this.#wait(this.#stopped.signal)
    queueMicrotask(() => this.safeDispatchEvent('listening'))
  }

  getAddrs(): Multiaddr[] {
    return []
  }

  updateAnnounceAddrs(): void {}

  async close(): Promise<void> {
    this.#stopped.abort()
    this.#waiting?.[Symbol.dispose]()
    queueMicrotask(() => this.safeDispatchEvent('close'))
  }
}
