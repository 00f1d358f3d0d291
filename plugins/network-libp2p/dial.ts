import type { Connection } from '@libp2p/interface'
import { isPalabreError } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Names } from '@palabre/sdk/contract/resolver'
import { readPeer, withoutPeer, withPeer } from './addresses.ts'
import type { Book } from './book.ts'
import { createClosedDoors, type ClosedDoors } from './closed-doors.ts'
import { openDeadline } from './deadline.ts'
import { expand, isList as isNameOfMany } from './expand.ts'
import { faults } from './faults.ts'
import type { Hidden } from './hidden.ts'
import { limits } from './limits.ts'
import type { Node } from './node.ts'
import type { Parts } from './parts.ts'
import { race } from './race.ts'
import { inOrder, orderOf } from './road.ts'

/** Makes connections: looks up addresses, races them, tries once more. */
export interface Dialler {
  /** To a peer, to whoever answers at the addresses, or to the peer at the addresses or any that is known; past doors that are closed. */
  connect(peer: string | undefined, addresses: readonly string[], signal: AbortSignal, closed?: ClosedDoors): Promise<Connection>
  /** Whether some known address can be taken by a transport that is on, other than `without`. */
  canReach(peer: string, without?: string): Promise<boolean>
  /** Another connection to the peer at this address, which wins nothing if it is no better than the one there is. */
  anew(peer: string, address: string, signal: AbortSignal): Promise<void>
  /** What is known of the peer's addresses, nearest first. */
  addressesOf(peer: string): Promise<readonly string[]>
}

export interface DialSources {
  readonly clock: Clock
  readonly parts: Parts
  readonly book: Book
  readonly names: Names
  readonly maxConnections: number
  readonly hidden: Hidden
  node(): Node
}

export function createDialler({ clock, parts, book, names, maxConnections, hidden, node }: DialSources): Dialler {
  async function connect(
    peer: string | undefined,
    given: readonly string[],
    signal: AbortSignal,
    closed = createClosedDoors(clock),
  ): Promise<Connection> {
    const who = peer ?? given.join(', ')
    if (node().libp2p.getConnections().length >= maxConnections) throw faults.full()
    const known = peer === undefined ? [] : await knownAddresses(peer)
    const all = [...new Set([...given, ...known])]
    if (all.length === 0) throw faults.noAddress(who)
    const able = ableOf(all, peer, peer === undefined ? undefined : book.workedLast(peer))
    const roads = able.filter((address) => !closed.has(address))
    if (roads.length === 0 && able.length > 0) throw faults.unreachable(who)
    if (roads.length === 0) throw peer !== undefined && hidden.has(peer) ? faults.onlyShown(peer) : faults.noTransport(all)

    using deadline = openDeadline(clock, limits.dial, signal)
    const { signal: late } = deadline
    const running = AbortSignal.any([signal, late])
    try {
      return await twice(() =>
        race(roads, (road, stop) => follow(road, peer, stop), giveBack, { clock, stagger: limits.stagger, signal: running }),
      )
    } catch (error) {
      throw why(error)
    }

    /** About one dial in ten fails for no reason that would still hold a moment later. */
    async function twice(dial: () => Promise<Connection>): Promise<Connection> {
      try {
        return await dial()
      } catch (error) {
        if (running.aborted || isFinal(error)) throw error
        await clock.sleep(limits.retryAfter, running)
        return dial()
      }
    }

    function why(error: unknown) {
      if (signal.aborted) return isPalabreError(signal.reason) ? signal.reason : faults.cancelled(signal.reason)
      if (late.aborted) return faults.timedOut(who, error)
      if (reasons(error).every(speaksNoChannel)) return faults.noChannel(who, error)
      const told = reasons(error).find(isPalabreError)
      if (!isFinal(error)) return faults.unreachable(who, error, told)
      return told ?? faults.somebodyElse(who, error)
    }
  }

  /** What worked last stands first; then what was told to us, then what the peer says of itself. */
  async function knownAddresses(peer: string): Promise<string[]> {
    const told = await node()
      .libp2p.peerStore.get(readPeer(peer))
      .then(({ addresses }) => addresses.map(({ multiaddr }) => withoutPeer(multiaddr.toString(), peer)))
      .catch(() => [])
    return [...book.addressesOf(peer), ...told]
  }

  /** Those that some transport can take and the peer may be met at, in the order in which they are tried. */
  function ableOf(addresses: readonly string[], peer: string | undefined, workedLast?: string): string[] {
    const all = addresses.flatMap((address) => {
      const transport = parts.transportFor(address)
      const isList = transport === undefined && isNameOfMany(address)
      const leadsOn = transport !== undefined && transport.agreesOnly !== true && hidden.allows(peer, address, transport)
      return !isList && !leadsOn ? [] : [{ address, order: orderOf(address, transport) }]
    })
    return inOrder(all, workedLast)
  }

  /** What a name leads to is raced like other roads. */
  async function follow(address: string, peer: string | undefined, signal: AbortSignal): Promise<Connection> {
    const roads = ableOf(await expand(address, peer, names, signal), peer)
    if (roads.length === 0) throw faults.noTransport([address])
    if (roads.length === 1) return take(roads[0]!, peer, signal)
    return race(roads, (road, stop) => take(road, peer, stop), giveBack, { clock, stagger: limits.stagger, signal })
  }

  async function take(address: string, peer: string | undefined, signal: AbortSignal): Promise<Connection> {
    const connection = await node().components.transportManager.dial(withPeer(address, peer), { signal })
    const answered = connection.remotePeer.toString()
    if (peer !== undefined && answered !== peer) {
      connection.abort(new Error('somebody else'))
      throw faults.somebodyElse(peer)
    }
    book.worked(answered, address)
    return connection
  }

  return {
    connect,
    async anew(peer, address, signal) {
      using deadline = openDeadline(clock, limits.dial, signal)
      try {
        await follow(address, peer, AbortSignal.any([signal, deadline.signal]))
      } catch (error) {
        throw signal.aborted ? faults.cancelled(signal.reason) : isPalabreError(error) ? error : faults.unreachable(peer, error)
      }
    },
    addressesOf: async (peer) => ableOf(await knownAddresses(peer), peer),
    async canReach(peer, without) {
      const able = ableOf(await knownAddresses(peer), peer).map(parts.transportFor)
      return able.some((transport) => transport !== undefined && transport.name !== without)
    },
  }
}

/** Of two connections that came through at once, the later. */
function giveBack(connection: Connection): void {
  void connection.close().catch(() => connection.abort(new Error('not needed')))
}

/** Of each road, however deep it was raced. */
const reasons = (error: unknown): unknown[] => (error instanceof AggregateError ? error.errors.flatMap(reasons) : [error])

/** Trying again would change nothing: somebody else answers everywhere, or the names were looked up in vain. */
const isFinal = (error: unknown): boolean => reasons(error).every((one) => isSomebodyElse(one) || isPalabreError(one))

const isSomebodyElse = (error: unknown): boolean =>
  error instanceof Error && /unexpected ?peer|does not match|invalid ?peer|did not match/i.test(`${error.name} ${error.message}`)

/** Both sides said which encryption they have, and there was none in common. */
const speaksNoChannel = (error: unknown) =>
  error instanceof Error &&
  error.name === 'EncryptionFailedError' &&
  /could not negotiate|at least one protocol/i.test(error.message)
