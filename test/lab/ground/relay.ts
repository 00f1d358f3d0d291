import { moveIn, type Inhabitant, type LabProcess } from './inhabitant.ts'
import type { Machine } from './internet.ts'

/** Our own relay with a STUN server, in the open. */
export interface Relay extends AsyncDisposable {
  /** Its multiaddr, peer id and all. */
  readonly at: string
  readonly stun: string
  readonly process: LabProcess
  /** Through it to somebody. */
  to(peer: string): string
  /** As the death of its machine: nothing is said to anybody. */
  kill(): Promise<void>
}

const port = 4001

export async function openRelay({ space, address }: Machine): Promise<Relay> {
  const operator: Inhabitant = moveIn(space, {
    'network-libp2p': { maxConnections: 1_000, inboundPerSecond: 1_000, discover: false },
    'transport-tcp': { listen: [`/ip4/${address}/tcp/${port}`] },
    'transport-quic': false,
    'transport-websocket': false,
    'transport-webrtc': false,
    'transport-webrtc-direct': false,
    'upgrade-webrtc': false,
    'upgrade-tcp-punch': false,
    'transport-relay': false,
    'relay-circuit': { announce: [`/ip4/${address}/tcp/${port}`] },
    'stun-server': { addresses: [address] },
    'discovery-mdns': false,
  })
  const running = operator.start('run')
  await running.process.says('stun-server')
  const info = await operator.start('net', 'info').event<{ addresses: readonly string[] }>(() => true)
  const at = info.addresses.find((one) => one.startsWith(`/ip4/${address}/tcp/${port}/p2p/`))
  if (at === undefined) throw new Error(`the relay announces ${info.addresses.join(' ') || 'nothing'}`)
  return {
    at,
    stun: `stun:${address}:3478`,
    process: running,
    to: (peer) => `${at}/p2p-circuit/p2p/${peer}`,
    async kill() {
      // Else the system would tell those who are connected that nobody is here any more.
      await space.ip('link set eth0 down')
      running.process.signal('SIGKILL')
      await running.process.ended
    },
    [Symbol.asyncDispose]: () => operator[Symbol.asyncDispose](),
  }
}

/** The settings of somebody whom this relay serves. */
export function guestOf(relay: Relay) {
  return {
    'transport-relay': { relays: [relay.at] },
    'transport-webrtc': { stun: [relay.stun] },
    'discovery-mdns': false,
  }
}
