import { TypedEventEmitter, type Listener, type ListenerEvents } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { Clock } from '@palabre/sdk/contract/clock'
import type HyperDHT from 'hyperdht'
import type { KeyPair, SecretStream, Server } from 'hyperdht'
import { addressOfKey } from './dht-address.ts'

/** A table that does not answer is asked again later; nobody waits for that, or for a farewell to it, longer than this. */
const patience = 2_000

/** Stands in the table under a key, and takes the calls that come by it. */
export class DhtListener extends TypedEventEmitter<ListenerEvents> implements Listener {
  readonly #clock: Clock
  readonly #keyPair: KeyPair
  readonly #over = new AbortController()
  readonly #server: Server
  #listens = false

  constructor(dht: HyperDHT, keyPair: KeyPair, clock: Clock, take: (stream: SecretStream, signal: AbortSignal) => void) {
    super()
    this.#clock = clock
    this.#keyPair = keyPair
    this.#server = dht.createServer((stream) => take(stream, this.#over.signal))
  }

  async listen(): Promise<void> {
    await this.#atMost(this.#server.listen(this.#keyPair))
    this.#listens = true
    this.safeDispatchEvent('listening')
  }

  getAddrs(): Multiaddr[] {
    return this.#listens ? [addressOfKey(this.#keyPair.publicKey)] : []
  }

  updateAnnounceAddrs(): void {}

  async close(): Promise<void> {
    this.#listens = false
    this.#over.abort()
    await this.#atMost(this.#server.close())
    this.safeDispatchEvent('close')
  }

  /** Goes on in the back when it takes longer. */
  async #atMost(step: Promise<unknown>): Promise<void> {
    step.catch(() => undefined)
    const done = new AbortController()
    try {
      await Promise.race([step, this.#clock.sleep(patience, done.signal).catch(() => undefined)])
    } finally {
      done.abort()
    }
  }
}
