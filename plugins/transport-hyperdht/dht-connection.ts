import { once } from 'node:events'
import type { AbortOptions, MultiaddrConnection } from '@libp2p/interface'
import { AbstractMultiaddrConnection, type AbstractMultiaddrConnectionInit, type SendResult } from '@libp2p/utils'
import type { SecretStream } from 'hyperdht'

/** A stream of the table's as the ecosystem wants its connections. */
export function dhtConnection(stream: SecretStream, init: AbstractMultiaddrConnectionInit): MultiaddrConnection {
  return new DhtConnection(stream, init)
}

class DhtConnection extends AbstractMultiaddrConnection {
  readonly #stream: SecretStream

  constructor(stream: SecretStream, init: AbstractMultiaddrConnectionInit) {
    super(init)
    this.#stream = stream
    stream.on('data', (bytes: Uint8Array) => this.onData(bytes))
    stream.on('drain', () => this.safeDispatchEvent('drain'))
    stream.on('error', (error) => this.abort(error))
    // Nothing can be half open here.
    stream.once('end', () => stream.end())
    stream.once('close', () => this.onTransportClosed())
  }

  override sendData(data: Parameters<AbstractMultiaddrConnection['sendData']>[0]): SendResult {
    let sentBytes = 0
    let canSendMore = true
    for (const bytes of data) {
      sentBytes += bytes.byteLength
      canSendMore = this.#stream.write(bytes)
      if (!canSendMore) break
    }
    return { sentBytes, canSendMore }
  }

  override async sendClose({ signal }: AbortOptions = {}): Promise<void> {
    if (this.#stream.destroyed) return
    this.#stream.end()
    await once(this.#stream, 'close', signal === undefined ? {} : { signal }).catch(() => this.#stream.destroy())
  }

  override sendReset(): void {
    this.#stream.destroy()
  }

  override sendPause(): void {
    this.#stream.pause()
  }

  override sendResume(): void {
    this.#stream.resume()
  }
}
