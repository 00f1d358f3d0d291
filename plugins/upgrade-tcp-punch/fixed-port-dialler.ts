import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import type { Connection, IdentifyResult, Libp2pEvents, Transport, TypedEventTarget, Upgrader } from '@libp2p/interface'
import { tcp, type TCPComponents } from '@libp2p/tcp'
import { multiaddr } from '@multiformats/multiaddr'

export interface DiallerComponents extends TCPComponents {
  readonly events: TypedEventTarget<Libp2pEvents>
  readonly upgrader: Upgrader
}

/** A port that the NAT maps to one and the same public address for whomever we dial from it, and that address. */
export interface FixedPortDialler extends Disposable {
  readonly address: string
  dial(address: string, options: { initiator: boolean; signal: AbortSignal }): Promise<void>
}

/** The connection to the relay stays open meanwhile: some NATs forget the port with its last connection. */
export async function fixedPortDialler(
  components: DiallerComponents,
  relay: string,
  signal: AbortSignal,
): Promise<FixedPortDialler> {
  const localPort = await freePort()
  const transport = tcp()(components)
  const dial = (address: string, initiator: boolean, given: AbortSignal) => {
    const upgrader = initiator ? components.upgrader : answering(components.upgrader)
    return quietSignal(given, (signal) =>
      transport.dial(multiaddr(address), { upgrader, signal, localPort, initiator } as DialOptions),
    )
  }
  const told: IdentifyResult[] = []
  const identified = Promise.withResolvers<void>()
  let connection: Connection | undefined
  const look = () => {
    if (connection !== undefined && told.some((one) => one.connection.id === connection!.id)) identified.resolve()
  }
  const hear = ({ detail }: CustomEvent<IdentifyResult>) => {
    told.push(detail)
    look()
  }
  components.events.addEventListener('peer:identify', hear)
  const quit = () => identified.reject(signal.reason)
  signal.addEventListener('abort', quit, { once: true })
  try {
    connection = await dial(relay, true, signal)
    look()
    await identified.promise
    const seen = told.find((one) => one.connection.id === connection!.id)?.observedAddr?.toString()
    const address = /^\/ip[46]\/[^/]+\/tcp\/\d+/.exec(seen ?? '')?.[0]
    if (address === undefined) throw new Error('the relay does not tell our address')
    return {
      address,
      dial: async (to, { initiator, signal: given }) => void (await dial(to, initiator, given)),
      [Symbol.dispose]: () => void connection!.close().catch(() => connection!.abort(new Error('not needed'))),
    }
  } catch (error) {
    connection?.abort(error as Error)
    throw error
  } finally {
    identified.promise.catch(() => undefined)
    components.events.removeEventListener('peer:identify', hear)
    signal.removeEventListener('abort', quit)
  }
}

type DialOptions = Parameters<Transport['dial']>[1]

/** Of two who dialled one must answer, in everything that the connection is made of. */
function answering(upgrader: Upgrader): Upgrader {
  return {
    upgradeInbound: (connection, options) => upgrader.upgradeInbound(connection, options),
    upgradeOutbound: (connection, options) =>
      upgrader.upgradeOutbound(Object.assign(connection, { direction: 'inbound' }), options),
    createInboundAbortSignal: (signal) => upgrader.createInboundAbortSignal(signal),
    getStreamMuxers: () => upgrader.getStreamMuxers(),
    getConnectionEncrypters: () => upgrader.getConnectionEncrypters(),
  }
}

/** Given away by the system a moment ago, so nobody else has it. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

/** What was opened may listen to its signal for ever: this one stays quiet afterwards. */
async function quietSignal<T>(signal: AbortSignal, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const own = new AbortController()
  const quit = () => own.abort(signal.reason)
  signal.throwIfAborted()
  signal.addEventListener('abort', quit, { once: true })
  try {
    return await run(own.signal)
  } finally {
    signal.removeEventListener('abort', quit)
  }
}
