/** What this plugin uses of HyperDHT, which describes itself in no types. */
declare module 'hyperdht' {
  import type { EventEmitter } from 'node:events'
  import type { Duplex } from 'node:stream'

  export default class HyperDHT {
    constructor(options: {
      bootstrap: readonly string[]
      host: string
      /** The first and the last port to try; a range of none takes any. */
      port: readonly [number, number]
      ephemeral: boolean
    })
    static keyPair(seed: Uint8Array): KeyPair
    createServer(onConnection: (socket: SecretStream) => void): Server
    connect(key: Uint8Array, options: { keyPair: KeyPair }): SecretStream
    /** With `force`, without waiting for servers to take leave of the table. */
    destroy(options: { force: boolean }): Promise<void>
  }

  export interface KeyPair {
    readonly publicKey: Uint8Array
    readonly secretKey: Uint8Array
  }

  export interface Server extends EventEmitter {
    listen(keyPair: KeyPair): Promise<Server>
    close(): Promise<void>
  }

  export interface SecretStream extends Duplex {
    readonly remotePublicKey: Uint8Array
    /** The stream over UDP beneath. */
    readonly rawStream: { readonly remoteHost?: string; readonly remotePort?: number }
  }
}

/** A table of one's own on this machine, for tests. */
declare module 'hyperdht/testnet.js' {
  export default function createTestnet(
    nodes: number,
    options: { host: string },
  ): Promise<{ readonly bootstrap: readonly { host: string; port: number }[]; destroy(): Promise<void> }>
}
