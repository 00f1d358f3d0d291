import type { Clock } from '@palabre/sdk/contract/clock'
import { createClosedDoors, type ClosedDoors } from './closed-doors.ts'
import { openDeadline } from './deadline.ts'
import { faults } from './faults.ts'
import { kinds } from './frame.ts'
import { goodbyes, reasonOf } from './goodbye.ts'
import { hear, Refused } from './hello.ts'
import { openLane } from './lane.ts'
import { limits } from './limits.ts'
import type { HeldLink } from './held-link.ts'
import { openLinkStream } from './link-stream.ts'
import type { Road } from './road.ts'
import { useRoad } from './use-road.ts'
import { createWaiters } from './waiters.ts'

/** Moves links to other roads: to better ones, and to any when theirs is lost or silent. */
export interface Mover {
  /** To this road, unless that fails. Never rejects. */
  move(held: HeldLink, road: Road): Promise<void>
  /** Looks for another road for as long as one is wanted; a silent one goes on meanwhile, should it be heard again. */
  recover(held: HeldLink, wanted: AbortSignal, hurried: boolean): Promise<void>
  /** A connection came about, to the other end of this link if there is one. */
  offer(held: HeldLink | undefined, road: Road): void
  /** Whether we wait for the other end to agree to a move. */
  isMoving(held: HeldLink): boolean
}

export interface MoverSources {
  readonly clock: Clock
  /** Aborted when the network stops. */
  readonly signal: AbortSignal
  /** Connections to a peer that stand now, the best first. */
  roadsTo(peer: string): Road[]
  /** A new one. */
  connect(peer: string, signal: AbortSignal, closed: ClosedDoors): Promise<Road>
  /** Nobody should take this one any more. */
  letGo(connection: Road['connection']): Promise<void>
}

export function createMover(sources: MoverSources): Mover {
  const { clock, signal: stopped } = sources
  const resuming = new Set<HeldLink>()
  /** Connections that come about, made by whichever side. */
  const comings = createWaiters<Road>()

  /** Moves a link to a new stream on this road. When it fails half-way, the link has none. */
  async function resume(held: HeldLink, road: Road, signal: AbortSignal): Promise<void> {
    const stream = await openLinkStream(road, signal)
    if (signal.aborted || held.over.aborted) return stream.abort(new Error('nobody waits for it any more'))
    resuming.add(held)
    const mine = held.detach()
    using late = openDeadline(clock, limits.answer, signal)
    try {
      const lane = openLane(stream)
      lane.post(kinds.hello, held.hello(true))
      const hello = await hear(lane, AbortSignal.any([signal, late.signal]))
      if (mine !== held.generation || held.over.aborted) return lane.abort()
      held.attach(lane, road, hello)
    } catch (error) {
      if (mine === held.generation) held.lose()
      throw error
    } finally {
      resuming.delete(held)
      // One that came about meanwhile may be better.
      take(held, sources.roadsTo(held.link.peer)[0])
    }
  }

  /** Looks for another road for as long as one is wanted; a silent one goes on meanwhile, should it be heard again. */
  async function recover(held: HeldLink, wanted: AbortSignal, hurried: boolean): Promise<void> {
    const { peer } = held.link
    const signal = AbortSignal.any([stopped, held.over, wanted])
    const until = clock.monotonic() + limits.recovery
    let pause: number = limits.firstPause
    let closed = createClosedDoors(clock)
    const noteDoor = (road: Road) => async (error: unknown) => {
      await closed.note(road.connection)
      throw error
    }
    /** When all were tried, each may be open again. */
    const forgetDoors = (signal: AbortSignal) => (error: unknown) => {
      if (!signal.aborted) closed = createClosedDoors(clock)
      throw error
    }
    try {
      if (!held.opener && !hurried) await clock.sleep(limits.headStart, signal)
      while (!signal.aborted) {
        const silent = held.link.state === 'up' ? held.road?.connection : undefined
        const standing = sources.roadsTo(peer).find(({ connection }) => connection !== silent)
        try {
          await useRoad({
            ...sources,
            signal,
            standing,
            connect: (signal) => connected(peer, signal, closed).catch(forgetDoors(signal)),
            use: (road, signal) => resume(held, road, signal).catch(noteDoor(road)),
          })
          if (silent !== undefined) void sources.letGo(silent)
        } catch (error) {
          signal.throwIfAborted()
          if (error instanceof Refused && error.goodbye === goodbyes.unknownLink) return held.end(reasonOf(goodbyes.unknownLink))
          if (clock.monotonic() > until) return held.end(faults.unreachable(peer, error))
          await clock.sleep(pause * (0.5 + Math.random()), signal)
          pause = Math.min(pause * 2, limits.longestPause)
        }
      }
    } catch {
      // Another road is not wanted any more.
    }
  }

  /** By us, or by them meanwhile; ours that come about must not be aborted any more. */
  async function connected(peer: string, signal: AbortSignal, closed: ClosedDoors): Promise<Road> {
    const enough = new AbortController()
    const within = AbortSignal.any([signal, enough.signal])
    const isTheirs = (road: Road) => peerOf(road) === peer && road.connection.direction === 'inbound'
    try {
      return await Promise.race([sources.connect(peer, within, closed), comings.next(isTheirs, within)])
    } finally {
      enough.abort()
    }
  }

  const take = (held: HeldLink | undefined, road: Road | undefined) => {
    if (held === undefined || !held.opener || held.link.state !== 'up' || resuming.has(held)) return
    if (held.road !== undefined && road !== undefined && road.order < held.road.order) void climbTo(held, road)
  }

  /** A stream that could not be opened leaves the link where it is, and is tried again for as long as a dial may take. */
  async function climbTo(held: HeldLink, road: Road): Promise<void> {
    const until = clock.monotonic() + limits.dial
    const { generation } = held
    for (let pause: number = limits.firstPause; clock.monotonic() < until; pause *= 2) {
      await move(held, road)
      if (held.generation !== generation || held.over.aborted || road.connection.status !== 'open') return
      await clock.sleep(pause, stopped).catch(() => undefined)
    }
  }

  async function move(held: HeldLink, road: Road): Promise<void> {
    const over = AbortSignal.any([stopped, held.over])
    using late = openDeadline(clock, limits.dial, over)
    await resume(held, road, AbortSignal.any([over, late.signal])).catch(() => undefined)
  }

  return {
    move,
    recover,
    offer(held, road) {
      comings.tell(road)
      take(held, road)
    },
    isMoving: (held) => resuming.has(held),
  }
}

const peerOf = ({ connection }: Road) => connection.remotePeer.toString()
