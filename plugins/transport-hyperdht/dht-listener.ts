import { TypedEventEmitter, type Listener, type ListenerEvents } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import type HyperDHT from 'hyperdht'
import type { KeyPair, SecretStream, Server } from 'hyperdht'
import { addressOfKey } from './dht-address.ts'

/** Stands in the table under a key, and takes the calls that come by it. */
export class DhtListener extends TypedEventEmitter<ListenerEvents> implements Listener {
  readonly #keyPair: KeyPair
  readonly #over = new AbortController()
  readonly #server: Server
  #listens = false

  constructor(dht: HyperDHT, keyPair: KeyPair, take: (stream: SecretStream, signal: AbortSignal) => void) {
    super()
    this.#keyPair = keyPair
    this.#server = dht.createServer((stream) => take(stream, this.#over.signal))
  }

  async listen(): Promise<void> {
    await this.#server.listen(this.#keyPair)
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
    await this.#server.close()
    this.safeDispatchEvent('close')
  }
}
