import type { Stream } from '@libp2p/interface'
import { isPalabreError, messageOf } from '@palabre/sdk'
import type { Link } from '@palabre/sdk/contract/link'
import type { Log } from '@palabre/sdk/contract/log'
import type { NetworkEvent } from '@palabre/sdk/contract/network'
import { faults } from './faults.ts'
import { kinds } from './frame.ts'
import { goodbyes, misbehaved, reasonOf, type Goodbye } from './goodbye.ts'
import type { HeldLink } from './held-link.ts'
import { encodeGoodbye, encodeHello, freshSession, hear, isSameSession, Refused, type Hello } from './hello.ts'
import { openLane, type Lane } from './lane.ts'
import { limits } from './limits.ts'
import { createLink } from './link.ts'
import { linkProtocol, openLinkStream } from './link-stream.ts'
import { createMover, type MoverSources } from './mover.ts'
import type { Road } from './road.ts'
import { createWaiters } from './waiters.ts'

/** One link to each peer: opened, answered, moved to better roads, brought back after a cut. */
export interface Links {
  all(): readonly Link[]
  to(peer: string): Link | undefined
  /** The same as `all`, as the network holds them. */
  held(): readonly HeldLink[]
  /** The link to whoever is at the end of this road, opened there unless there is one. */
  open(road: Road, signal: AbortSignal): Promise<Link>
  /** The next link to somebody that comes about, by whichever side; undefined when the signal aborts first. */
  arrival(peer: string, signal: AbortSignal): Promise<Link | undefined>
  /** Somebody opened a stream towards us. */
  answer(stream: Stream, road: Road): Promise<void>
  /** A connection came about: a link on a worse road moves over. */
  offer(road: Road): void
  /** Whoever is at the other end must not see where we are: the link leaves its road if that shows it. */
  retreat(peer: string): Promise<void>
  /** Roads of this transport are about to go: links move to another road if there is one, and are closed in good order if not. */
  leave(transport: string): Promise<void>
  /** Looks after links that have been quiet. */
  mind(): void
  /** Their roads may be gone without a word: asks all of them. */
  suspect(): void
  closeAll(): Promise<void>
}

export interface LinksSources extends MoverSources {
  readonly log: Log
  self(): string
  canReach(peer: string, without?: string): Promise<boolean>
  /** Whether we can be met by a road that hides us. */
  hasCover(): boolean
  /** Whether the peer may meet us on this road. */
  allows(road: Road): boolean
  emit(event: NetworkEvent): void
  /** A link was closed by us: connections that served nothing else can go. */
  release(peer: string): Promise<void>
}

export function createLinks(sources: LinksSources): Links {
  const { clock, signal: stopped, emit } = sources
  const table = new Map<string, HeldLink>()
  const opening = new Map<string, Promise<Link>>()
  /** Where we wait for the hello of a peer: both may do so at once. */
  const proposing = new Map<string, Proposal>()
  /** Sessions that we proposed and gave up for one that the peer proposed, while that link lasts. */
  const withdrawn = new Map<string, Uint8Array>()
  const arrivals = createWaiters<Link>()
  const mover = createMover(sources)

  const create = (peer: string, session: Uint8Array, opener: boolean): HeldLink => {
    const held = createLink({
      peer,
      session,
      opener,
      clock,
      onWant: (signal, hurried) => void mover.recover(held, signal, hurried),
      onChange: (change) => {
        if (change.state !== 'closed') emit({ kind: 'link-changed', peer, change })
      },
      onEnd: (end) => {
        if (table.get(peer) === held) {
          table.delete(peer)
          withdrawn.delete(peer)
        }
        emit({ kind: 'link-closed', peer, end })
      },
      release: () => sources.release(peer),
    })
    return held
  }

  const settle = (held: HeldLink) => {
    table.set(held.link.peer, held)
    arrivals.tell(held.link)
    emit({ kind: 'link-opened', link: held.link })
  }

  /** Again, when the other side takes a link for standing that does not stand here, or proposes itself and does not come through. */
  async function propose(road: Road, signal: AbortSignal): Promise<Link> {
    const peer = peerOf(road)
    const enough = new AbortController()
    const over = Promise.withResolvers<void>()
    const late = AbortSignal.any([signal, enough.signal, AbortSignal.timeout(limits.handshake)])
    const withdraw = () => enough.abort()
    try {
      for (;;) {
        const session = freshSession()
        proposing.set(peer, { session, connection: road.connection, over: over.promise, withdraw })
        try {
          return await proposeOnce(road, session, late)
        } catch (error) {
          const there = table.get(peer)?.link
          if (there !== undefined) return there
          if (!(error instanceof Refused) || error.goodbye !== goodbyes.busy || late.aborted) throw explained(error, peer)
        }
        const came = await arrival(peer, AbortSignal.any([late, AbortSignal.timeout(limits.busy)]))
        if (came !== undefined) return came
      }
    } finally {
      proposing.delete(peer)
      over.resolve()
    }
  }

  async function proposeOnce(road: Road, session: Uint8Array, signal: AbortSignal): Promise<Link> {
    const { lane, hello } = await introduce(road, encodeHello({ resume: false, session, received: 0 }), signal)
    const peer = peerOf(road)
    const there = table.get(peer)
    // The smaller id answers only when it has given up what it proposed: what came of that over here is no more.
    if (there !== undefined && (there.opener || sources.self() < peer)) {
      refuse(lane, goodbyes.busy)
      return there.link
    }
    there?.end(forgotten)
    const held = create(peer, session, true)
    held.attach(lane, road, hello)
    settle(held)
    return held.link
  }

  const arrival = (peer: string, signal: AbortSignal): Promise<Link | undefined> =>
    arrivals.next((link) => link.peer === peer, signal).catch(() => undefined)

  async function answer(stream: Stream, road: Road): Promise<void> {
    if (!sources.allows(road)) return stream.abort(new Error('not on this road'))
    const lane = openLane(stream)
    const hello = await hear(lane, stopped)
    if (hello.resume) takeUp(lane, road, hello)
    else await accept(lane, road, hello)
  }

  function takeUp(lane: Lane, road: Road, hello: Hello): void {
    const peer = peerOf(road)
    const held = table.get(peer)
    if (held === undefined) return refuse(lane, goodbyes.unknownLink)
    if (!isSameSession(held.session, hello.session)) {
      const ours = withdrawn.get(peer)
      if (ours === undefined || !isSameSession(ours, hello.session)) return refuse(lane, goodbyes.unknownLink)
      // Each took what the other proposed before it heard that its own was taken. It goes on as what the smaller id proposed.
      if (sources.self() > peer) return refuse(lane, goodbyes.busy)
      held.becomeOurs(ours)
    }
    if (held.opener && mover.isMoving(held)) return refuse(lane, goodbyes.busy)
    held.detach()
    lane.post(kinds.hello, held.hello(true))
    held.attach(lane, road, hello)
  }

  async function accept(lane: Lane, road: Road, hello: Hello): Promise<void> {
    const peer = peerOf(road)
    const mine = proposing.get(peer)
    if (mine !== undefined && sources.self() < peer) {
      if (mine.connection === road.connection) return refuse(lane, goodbyes.busy)
      // Whoever has ours would have answered on its connection: if nobody does, that one is dead and the peer has started anew.
      const patience = new AbortController()
      const signal = AbortSignal.any([stopped, patience.signal])
      await Promise.race([mine.over, clock.sleep(limits.precedence, signal).catch(() => undefined)])
      patience.abort()
    }
    const there = table.get(peer)
    if (there?.link.state === 'up' && there.unanswered < limits.forgotten) {
      // It was proposed before ours was known over there, or the other side has lost a link that we believe in.
      there.suspect()
      return refuse(lane, goodbyes.busy)
    }
    there?.end(forgotten)
    const held = create(peer, hello.session, false)
    lane.post(kinds.hello, held.hello(false))
    if (!held.attach(lane, road, hello)) return
    settle(held)
    if (mine === undefined) return
    withdrawn.set(peer, mine.session)
    mine.withdraw()
  }

  async function leaveRoad(held: HeldLink, transport?: string): Promise<void> {
    const { peer } = held.link
    const other = sources.roadsTo(peer).find(({ path }) => path.transport !== transport)
    if (other !== undefined) return mover.move(held, other)
    if (await sources.canReach(peer, transport)) return held.lose()
    await held.link.close()
  }

  async function introduce(road: Road, hello: Uint8Array, signal: AbortSignal): Promise<{ lane: Lane; hello: Hello }> {
    const lane = openLane(await openLinkStream(road, signal))
    lane.post(kinds.hello, hello)
    return { lane, hello: await hear(lane, signal) }
  }

  return {
    all: () => [...table.values()].map(({ link }) => link),
    to: (peer) => table.get(peer)?.link,
    held: () => [...table.values()],
    open(road, signal) {
      const peer = peerOf(road)
      const there = table.get(peer)?.link
      if (there !== undefined) return Promise.resolve(there)
      const running = opening.get(peer) ?? propose(road, signal).finally(() => opening.delete(peer))
      opening.set(peer, running)
      return running
    },
    arrival,
    answer: (stream, road) =>
      answer(stream, road).catch((error: unknown) => sources.log.debug('a link was not opened', { reason: messageOf(error) })),
    offer: (road) => mover.offer(table.get(peerOf(road)), road),
    async leave(transport) {
      const leaving = [...table.values()].filter(({ road }) => road?.path.transport === transport)
      await Promise.all(leaving.map((held) => leaveRoad(held, transport)))
    },
    async retreat(peer) {
      const held = table.get(peer)
      if (held?.road === undefined || sources.allows(held.road)) return
      // They may come by a road that only they know.
      if (sources.hasCover() && !(await sources.canReach(peer))) held.lose()
      else await leaveRoad(held)
    },
    mind() {
      for (const held of table.values()) held.mind()
    },
    suspect() {
      for (const held of table.values()) held.suspect()
    },
    async closeAll() {
      await Promise.all([...table.values()].map(({ link }) => link.close()))
    },
  }
}

/** A stream that we opened for a link, until there is one or it is given up. */
interface Proposal {
  readonly session: Uint8Array
  readonly connection: Road['connection']
  readonly over: Promise<void>
  withdraw(): void
}

const forgotten = { code: 'closed', text: reasonOf(goodbyes.unknownLink).text } as const

function refuse(lane: Lane, code: Goodbye): void {
  void lane.finish(kinds.goodbye, encodeGoodbye(code, 0))
}

const peerOf = ({ connection }: Road) => connection.remotePeer.toString()

/** What went wrong while a link was opened, for the one who wanted it. */
function explained(error: unknown, peer: string): unknown {
  if (isPalabreError(error)) return error
  if (!(error instanceof Refused))
    return isUnspoken(error) ? faults.notSpoken(linkProtocol, error) : faults.unreachable(peer, error)
  if (error.goodbye !== undefined) return faults.linkEnded(reasonOf(error.goodbye).code, reasonOf(error.goodbye).text)
  if (error.fault !== undefined) return faults.linkEnded(misbehaved[error.fault].code, misbehaved[error.fault].text)
  return faults.unreachable(peer, error)
}

export const isUnspoken = (error: unknown) => error instanceof Error && /UnsupportedProtocol|UnhandledProtocol/.test(error.name)
