import type { Connection, Startable, Stream } from '@libp2p/interface'
import { messageOf } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Log } from '@palabre/sdk/contract/log'
import type { Upgrader } from '@palabre/sdk/contract/upgrade'
import { readAddress, writeAddress } from './address-exchange.ts'
import { fixedPortDialler, type DiallerComponents } from './fixed-port-dialler.ts'

export const punchProtocol = '/palabre/tcp-punch/1'

/** Both NATs see an outgoing connection when both sides dial at once; so long they have to agree and to try, in milliseconds. */
const patience = 6_000
const tries = 3_000
const pause = 50

interface Components extends DiallerComponents {
  readonly registrar: {
    handle(protocol: string, handler: (stream: Stream, connection: Connection) => void, options: object): Promise<void>
    unhandle(protocol: string): Promise<void>
  }
}

/**
 * Each side connects to the relay once more, from a port of its choice, and is told by it from which address; they exchange these
 * addresses over the relayed connection and dial each other from the same ports at the same time.
 */
export function tcpPunch(clock: Clock, log: Log) {
  return (components: Components): Upgrader & Startable => {
    const stopped = new AbortController()
    /** Whom we answer. One call of each peer at a time, so that nobody can make us knock at many doors. */
    const answering = new Set<string>()

    async function answer(stream: Stream, connection: Connection): Promise<void> {
      const peer = connection.remotePeer.toString()
      const relay = relayOf(connection.remoteAddr.toString())
      if (answering.has(peer) || relay === undefined) return stream.abort(new Error('not now'))
      answering.add(peer)
      const left = new AbortController()
      stream.addEventListener('close', () => left.abort(new Error('the other side gave it up')), { once: true })
      const signal = AbortSignal.any([stopped.signal, left.signal, AbortSignal.timeout(patience)])
      try {
        const theirs = await readAddress(stream, signal)
        using door = await fixedPortDialler(components, relay, signal)
        await writeAddress(stream, door.address, signal)
        await knock(door, theirs, peer, false, signal)
      } finally {
        answering.delete(peer)
        void stream.close().catch(() => undefined)
      }
    }

    /** The stream stays until it is decided, so that the other side hears when we give it up. */
    async function punch(stream: Stream, door: Door, peer: string, signal: AbortSignal): Promise<void> {
      try {
        await writeAddress(stream, door.address, signal)
        const theirs = await readAddress(stream, signal)
        await knock(door, theirs, peer, true, signal)
        void stream.close().catch(() => undefined)
      } catch (error) {
        stream.abort(error as Error)
        throw error
      }
    }

    /** Refused means that the other side has not begun yet, or that its NAT answers for it. */
    async function knock(door: Door, address: string, peer: string, initiator: boolean, signal: AbortSignal): Promise<void> {
      const until = clock.monotonic() + tries
      for (;;) {
        try {
          return await door.dial(`${address}/p2p/${peer}`, { initiator, signal })
        } catch (error) {
          if (signal.aborted || clock.monotonic() > until) throw error
          await clock.sleep(pause, signal)
        }
      }
    }

    return {
      async start() {
        const handler = (stream: Stream, connection: Connection) =>
          void answer(stream, connection).catch((error: unknown) => {
            log.debug('no hole was punched', { peer: connection.remotePeer.toString(), reason: messageOf(error) })
            stream.abort(new Error('no hole was punched'))
          })
        await components.registrar.handle(punchProtocol, handler, { maxInboundStreams: 1, runOnLimitedConnection: true })
      },
      async stop() {
        stopped.abort(new Error('the punch was switched off'))
        await components.registrar.unhandle(punchProtocol)
      },
      async upgrade({ peer, opener, connection, address, signal: given }) {
        const relay = relayOf(`${address}/`)
        // The other side asks; we answer. The try before may still be on its way out.
        if (!opener || relay === undefined) return false
        const signal = AbortSignal.any([given, stopped.signal, AbortSignal.timeout(patience)])
        try {
          using door = await fixedPortDialler(components, relay, signal)
          const stream = await connection.newStream(punchProtocol, { signal, runOnLimitedConnection: true })
          await punch(stream, door, peer, signal)
          return true
        } catch (error) {
          if (error instanceof Error && error.name === 'UnsupportedProtocolError') return false
          throw error
        }
      },
    }
  }
}

type Door = Awaited<ReturnType<typeof fixedPortDialler>>

/** Where the relay is reached by TCP; undefined when it is not. */
function relayOf(address: string): string | undefined {
  return /^(\/ip[46]\/[^/]+\/tcp\/\d+\/p2p\/[A-Za-z0-9]+)\/p2p-circuit(?:\/|$)/.exec(address)?.[1]
}
