import {
  ConnectionFailedError,
  transportSymbol,
  type ComponentLogger,
  type Connection,
  type CreateListenerOptions,
  type DialTransportOptions,
  type Listener,
  type PrivateKey,
  type Startable,
  type Transport,
} from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { NodePart } from '@palabre/sdk/contract/transport'
import HyperDHT, { type SecretStream } from 'hyperdht'
import { addressOfKey, isAnywhere, keyOf, seenAt } from './dht-address.ts'
import { dhtConnection } from './dht-connection.ts'
import { dhtKeyOf } from './dht-key.ts'
import { DhtListener } from './dht-listener.ts'

export { anywhere } from './dht-address.ts'

export interface HyperdhtSettings {
  /** As ADDRESS:PORT: a name would be asked of the operating system. */
  readonly bootstrap: readonly string[]
  readonly host: string
}

interface Components {
  readonly privateKey: PrivateKey
  readonly logger: ComponentLogger
}

/** Each node of ours has one place at the table, where it is a guest: it keeps nothing for others and answers no questions of theirs. */
export function hyperdht({ bootstrap, host }: HyperdhtSettings, clock: Clock): NodePart<Transport & Startable> {
  return ({ privateKey, logger }: Components) => {
    const keyPair = dhtKeyOf(privateKey)
    const log = logger.forComponent('palabre:hyperdht')
    let dht: HyperDHT | undefined
    const running = () => (dht ??= new HyperDHT({ bootstrap, host, port: [0, 0], ephemeral: true }))

    const connectionOf = (stream: SecretStream, address: Multiaddr, direction: 'inbound' | 'outbound') =>
      dhtConnection(stream, { remoteAddr: seenAt(address, stream.rawStream), direction, log: log.newScope('connection') })

    async function dial(address: Multiaddr, options: DialTransportOptions): Promise<Connection> {
      options.signal.throwIfAborted()
      const stream = running().connect(keyOf(address)!, { keyPair })
      await opened(stream, options.signal)
      const connection = connectionOf(stream, address, 'outbound')
      try {
        return await options.upgrader.upgradeOutbound(connection, options)
      } catch (error) {
        connection.abort(error as Error)
        throw error
      }
    }

    function createListener({ upgrader }: CreateListenerOptions): Listener {
      return new DhtListener(running(), keyPair, clock, (stream, signal) => {
        const connection = connectionOf(stream, addressOfKey(stream.remotePublicKey), 'inbound')
        upgrader.upgradeInbound(connection, { signal }).catch((error: Error) => connection.abort(error))
      })
    }

    return {
      [transportSymbol]: true,
      [Symbol.toStringTag]: '@palabre/hyperdht',
      dial,
      createListener,
      listenFilter: (addresses) => addresses.filter(isAnywhere),
      dialFilter: (addresses) => addresses.filter((one) => keyOf(one) !== undefined),
      start() {},
      async stop() {
        const old = dht
        dht = undefined
        // Its listener has taken leave of the table.
        await old?.destroy({ force: true })
      },
    }
  }
}

/** Resolves when the other end has proved its key. */
function opened(stream: SecretStream, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const quit = () => void stream.destroy(new Error('given up'))
    const done = (settle: () => void) => {
      signal.removeEventListener('abort', quit)
      stream.off('open', onOpen)
      stream.off('close', onClose)
      settle()
    }
    const onOpen = () => done(resolve)
    const onClose = () => done(() => reject(signal.aborted ? signal.reason : new ConnectionFailedError(why)))
    let why = 'the stream ended'
    // Stays: whatever ends a stream later is told by its end too.
    stream.on('error', (error) => (why = error.message))
    stream.once('open', onOpen)
    stream.once('close', onClose)
    signal.addEventListener('abort', quit, { once: true })
  })
}
