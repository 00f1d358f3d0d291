import { quic } from '@chainsafe/libp2p-quic'
import type { Connection, Listener, Transport } from '@libp2p/interface'
import { getThinWaistAddresses } from '@libp2p/utils'
import { PalabreError, text } from '@palabre/sdk'
import type { NodePart } from '@palabre/sdk/contract/transport'
import { mendingStreams } from './mended-streams.ts'

/**
 * The ecosystem's, whose dial would wait ten seconds for an address that does not answer, whatever the signal says, which tells in
 * words only that somebody else answered, whose listeners believe for ever in the addresses that the machine had when it was loaded,
 * and whose streams read and write in small steps. `patience` is in milliseconds.
 */
export function quicBy(patience: number): NodePart<Transport> {
  return (components) => {
    const transport: Transport = quic()(components)
    const dial = transport.dial.bind(transport)
    transport.dial = async (address, options) => {
      const signal = AbortSignal.any([options.signal, AbortSignal.timeout(patience)])
      signal.throwIfAborted()
      return unlessAborted(
        dial(address, { ...options, signal, upgrader: mendingStreams(options.upgrader) }).catch((error: unknown) =>
          Promise.reject(explained(error)),
        ),
        signal,
      )
    }
    const createListener = transport.createListener.bind(transport)
    transport.createListener = (options) => {
      return withAddressesOfNow(createListener({ ...options, upgrader: mendingStreams(options.upgrader) }))
    }
    return transport
  }
}

function withAddressesOfNow(listener: Listener): Listener {
  const listen = listener.listen.bind(listener)
  const getAddrs = listener.getAddrs.bind(listener)
  listener.listen = async (asked) => {
    await listen(asked)
    listener.getAddrs = () => {
      const [first] = getAddrs()
      const port = Number(first?.getComponents().find(({ name }) => name === 'udp')?.value)
      return first === undefined ? [] : getThinWaistAddresses(asked, port).map((one) => one.encapsulate('/quic-v1'))
    }
  }
  return listener
}

/** A connection that comes when nobody waits for it any more is given up. */
function unlessAborted(dialling: Promise<Connection>, signal: AbortSignal): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const quit = () => reject(signal.reason)
    signal.addEventListener('abort', quit, { once: true })
    const late = (connection: Connection) => connection.abort(new Error('nobody waits for it any more'))
    dialling
      .then((connection) => (signal.aborted ? late(connection) : resolve(connection)), reject)
      .finally(() => signal.removeEventListener('abort', quit))
  })
}

function explained(error: unknown): unknown {
  if (!(error instanceof Error) || !/^Dialed peer \S+ but connected to /.test(error.message)) return error
  return new PalabreError('peer-unknown', text('somebody else answers there', 'quelqu’un d’autre répond là'), { cause: error })
}
