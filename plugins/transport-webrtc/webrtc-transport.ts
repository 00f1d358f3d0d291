import type { MultiaddrConnection, Transport, Upgrader } from '@libp2p/interface'
import { webRTC, type WebRTCTransportComponents } from '@libp2p/webrtc'
import { multiaddr } from '@multiformats/multiaddr'
import { witnessed } from '#witnessed'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { IceConfig } from '@palabre/sdk/contract/ice'
import type { Log } from '@palabre/sdk/contract/log'
import type { NodePart } from '@palabre/sdk/contract/transport'
import { candidatesIn } from './candidate-order.ts'
import { iceServers } from './ice-servers.ts'
import { farEnd, farEndOf } from './far-end.ts'
import { selectedPair, type StatsSource } from './selected-pair.ts'
import { swapFault, swapSaid, type Swap } from './witness.ts'

export interface WebrtcSources {
  readonly config: IceConfig
  readonly clock: Clock
  readonly log: Log
  /** Whether the platform would ask the operating system for the addresses of servers. */
  readonly asksSystem: boolean
}

/**
 * The ecosystem's WebRTC between two peers behind NATs: they agree through a relay, then speak directly. Its connections would tell
 * the relay's address, or none, as the other end's; ours tell where the bytes really go.
 */
export function webrtcTransport({ config, clock, log, asksSystem }: WebrtcSources): NodePart<Transport> {
  return (components: WebRTCTransportComponents, names) => {
    const resolve = async (host: string) => (await names.addresses(host).catch(() => []))[0]?.address
    /** Of the dial that is just beginning: the library asks for the configuration before it does anything else. */
    let refuse: ((reason: Error) => void) | undefined
    const rtcConfiguration = async () => {
      const refuseThis = refuse
      return witnessed(await iceServers(config, asksSystem ? resolve : undefined), (swap: Swap) => {
        // That they would have nothing of ours may be one of the failures that pass.
        if (swap === 'ours-refused') return log.info(swapSaid[swap])
        log.warn(swapSaid[swap])
        refuseThis?.(swapFault())
      })
    }
    const { peerId, registrar, transportManager, connectionManager, logger, events } = components
    const upgrader = tellingUpgrader(components.upgrader)
    const parts = { peerId, registrar, transportManager, connectionManager, logger, events, upgrader }
    const transport = webRTC({ rtcConfiguration })(parts)
    const dial = transport.dial.bind(transport)
    transport.dial = (address, options) =>
      insist(clock, options.signal, (signal, refuseThis) => {
        refuse = refuseThis
        const dialling = dial(address, { ...options, upgrader, signal })
        refuse = undefined
        return dialling
      })
    const dialFilter = transport.dialFilter.bind(transport)
    // What stands at the far end of a connection is recognised as ours too.
    transport.dialFilter = (addresses) => {
      const ours = dialFilter(addresses)
      const more = addresses.filter((one) => !ours.includes(one) && (farEnd.test(one.toString()) || agreedOn.test(one.toString())))
      return [...ours, ...more]
    }
    return transport
  }
}

/** The place to agree need not be a relay: whatever another transport can reach will do. */
const agreedOn = /^\/.+\/http-path\/.+\/webrtc(?:\/p2p\/[A-Za-z0-9]+)?$/

type Attempt<T> = (signal: AbortSignal, refuse: (reason: Error) => void) => Promise<T>

/** About one attempt in twenty fails at once or never ends, for no reason that holds for the next, unless it says that it does. */
async function insist<T>(clock: Clock, signal: AbortSignal, attempt: Attempt<T>): Promise<T> {
  for (let left = attempts; ; left--) {
    const stop = new AbortController()
    let refusal: Error | undefined
    const refuse = (reason: Error) => {
      refusal = reason
      stop.abort(reason)
    }
    const stopToo = () => stop.abort(signal.reason)
    const over = new AbortController()
    signal.addEventListener('abort', stopToo, { once: true })
    if (left > 1)
      clock.sleep(patience, over.signal).then(
        () => stop.abort(new Error('no answer')),
        () => undefined,
      )
    try {
      signal.throwIfAborted()
      // Its own signal stays quiet once it has come through: what it opened may still listen to it.
      return await attempt(stop.signal, refuse)
    } catch (error) {
      if (signal.aborted) throw error
      if (refusal !== undefined) throw refusal
      if (left === 1) throw error
    } finally {
      over.abort()
      signal.removeEventListener('abort', stopToo)
    }
  }
}

const attempts = 3
const patience = 3_000

function tellingUpgrader(upgrader: Upgrader): Upgrader {
  return {
    async upgradeInbound(connection, options) {
      await tell(connection)
      return upgrader.upgradeInbound(connection, options)
    },
    async upgradeOutbound(connection, options) {
      await tell(connection)
      return upgrader.upgradeOutbound(connection, options)
    },
    createInboundAbortSignal: (signal) => upgrader.createInboundAbortSignal(signal),
    getStreamMuxers: () => upgrader.getStreamMuxers(),
    getConnectionEncrypters: () => upgrader.getConnectionEncrypters(),
  }
}

/** What the ecosystem's connection is made of. */
interface OverPeer extends MultiaddrConnection {
  readonly peerConnection?: StatsSource & { readonly remoteDescription: { readonly sdp: string } | null }
}

async function tell(connection: MultiaddrConnection): Promise<void> {
  const { peerConnection } = connection as OverPeer
  const peer = connection.remoteAddr.getComponents().findLast(({ name }) => name === 'p2p')?.value
  const pair = peerConnection === undefined ? undefined : await selectedPair(peerConnection)
  const told = candidatesIn(peerConnection?.remoteDescription?.sdp ?? '')
  if (pair !== undefined && peer !== undefined) connection.remoteAddr = multiaddr(farEndOf(pair, told, peer))
}
