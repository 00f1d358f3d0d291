import { PalabreError } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Link, LinkChange, LinkEnd, LinkState, Path, Traffic } from '@palabre/sdk/contract/link'
import { faults } from './faults.ts'
import { kinds, type FrameFault, type Kind } from './frame.ts'
import { goodbyes, misbehaved, reasonOf, type Goodbye, type Reason } from './goodbye.ts'
import { decodeCount, decodeGoodbye, encodeCount, encodeGoodbye, encodeHello, type Hello } from './hello.ts'
import { createInbox } from './inbox.ts'
import type { Lane } from './lane.ts'
import { limits } from './limits.ts'
import { createOutbox } from './outbox.ts'
import { createPings } from './pings.ts'
import type { Road } from './road.ts'
import { createSilence } from './silence.ts'

/** A link as the network holds it. */
export interface HeldLink {
  readonly link: Link
  readonly session: Uint8Array
  /** Whether this side opened it, and so is the first to look for a new road. */
  readonly opener: boolean
  readonly road: Road | undefined
  /** For how long our question has had no answer, in milliseconds. */
  readonly unanswered: number
  /** Aborted when the link has ended. */
  readonly over: AbortSignal
  /** Leaves the lane of now: nothing it brings counts any more. Changes with each new lane. */
  detach(): number
  readonly generation: number
  /** Goes on under this session as if this side had opened it: nothing went either way yet. */
  becomeOurs(session: Uint8Array): void
  /** Introduces this link on a lane: what we say first, or answer. */
  hello(resume: boolean): Uint8Array
  /** Goes on with this lane. False, and the link ends, when the other end claims what cannot be. */
  attach(lane: Lane, road: Road, theirs: Hello): boolean
  /** The lane or its connection is not to be used any more: look for another. */
  lose(): void
  /** Asks for a sign of life when it has been quiet for too long. */
  mind(): void
  /** Its road may be gone without a word: asks now, and waits less. */
  suspect(): void
  end(reason: Reason, goodbye?: Goodbye): void
}

export interface LinkSources {
  readonly peer: string
  readonly session: Uint8Array
  readonly opener: boolean
  readonly clock: Clock
  /**
   * Another road is wanted until the signal aborts: the one of now is lost, or silent and doubted. `hurried` when this side knows why
   * and the other may not.
   */
  onWant(signal: AbortSignal, hurried: boolean): void
  onEnd(end: LinkEnd): void
  /** We closed it and nobody needs its connection for it any more. */
  release(): Promise<void>
  onChange(change: LinkChange): void
}

export function createLink({ peer, clock, ...tell }: LinkSources): HeldLink {
  let { session, opener } = tell
  const over = new AbortController()
  const watchers = new Set<(change: LinkChange) => void>()
  const ending = Promise.withResolvers<LinkEnd>()
  const farewell = Promise.withResolvers<void>()
  const outbox = createOutbox(limits.window, () => lane?.wake())
  const inbox = createInbox(limits.window, (urgent) => (urgent ? tellTaken() : tellTakenSoon()))
  const pings = createPings(clock, (payload) => lane?.post(kinds.ping, payload))
  let state: LinkState = 'up'
  let lane: Lane | undefined
  let retired: Lane | undefined
  /** The one that was attached last, and what went over those before it. */
  let counted: Lane | undefined
  let before: Traffic = { sent: 0, received: 0 }
  let road: Road | undefined
  let path: Path | undefined
  let generation = 0
  let wanting: AbortController | undefined
  let telling = false
  let closing: Promise<void> | undefined
  let theirCount = 0

  const traffic = (): Traffic => ({
    sent: before.sent + (counted?.moved.sent ?? 0),
    received: before.received + (counted?.moved.received ?? 0),
  })

  const change = (now: LinkState) => {
    state = now
    const said: LinkChange = { state, path: path! }
    tell.onChange(said)
    for (const fn of watchers) fn(said)
  }

  const finish = (end: Omit<LinkEnd, 'lost'>, error: PalabreError | undefined) => {
    if (state === 'closed') return
    const lost = Math.max(0, outbox.added - Math.max(theirCount, outbox.added - outbox.waiting))
    const closed = faults.linkEnded('closed', end.text)
    inbox.end(error)
    outbox.end(closed)
    pings.end(closed)
    dropRetired()
    silence.restart()
    contented()
    change('closed')
    over.abort(closed)
    const told: LinkEnd = { ...end, lost }
    ending.resolve(told)
    tell.onEnd(told)
    watchers.clear()
  }

  const fail = (reason: Reason, goodbye?: Goodbye) => {
    const last = lane
    lane = undefined
    if (goodbye !== undefined) void last?.finish(kinds.goodbye, encodeGoodbye(goodbye, inbox.received))
    else last?.abort()
    finish({ orderly: false, code: reason.code, text: reason.text }, new PalabreError(reason.code, reason.text))
  }
  const blame = (fault: keyof typeof misbehaved) => fail(misbehaved[fault], misbehaved[fault].goodbye)

  function tellTaken(): void {
    lane?.post(kinds.taken, encodeCount(inbox.taken))
  }

  function tellTakenSoon(): void {
    if (telling) return
    telling = true
    const soon = async () => {
      await clock.sleep(limits.tellTaken, over.signal)
      telling = false
      tellTaken()
    }
    soon().catch(() => undefined)
  }

  const onGoodbye = (payload: Uint8Array) => {
    const { code, received } = decodeGoodbye(payload)
    if (received <= outbox.added) theirCount = received
    farewell.resolve()
    if (code !== goodbyes.done) return fail(reasonOf(code))
    if (closing !== undefined) return
    const last = lane
    lane = undefined
    void last?.finish(kinds.goodbye, encodeGoodbye(goodbyes.done, inbox.received))
    finish({ orderly: true, ...reasonOf(code) }, undefined)
  }

  const onFrame = (kind: Kind, payload: Uint8Array) => {
    if (kind === kinds.pong) silence.answered()
    silence.heard()
    contented()
    switch (kind) {
      case kinds.data:
        if (!inbox.put(payload)) blame('window')
        break
      case kinds.taken:
        if (!outbox.taken(decodeCount(payload))) blame('order')
        break
      case kinds.ping:
        lane?.post(kinds.pong, payload)
        break
      case kinds.pong:
        pings.answered(payload)
        break
      case kinds.goodbye:
        onGoodbye(payload)
        break
      case kinds.hello:
      case kinds.end:
        blame('order')
        break
    }
  }

  const onLaneEnd = (fault: FrameFault | undefined) => {
    if (fault !== undefined) return blame(fault)
    lane = undefined
    farewell.resolve()
    if (closing === undefined) lost()
  }

  const dropRetired = () => {
    retired?.abort()
    retired = undefined
  }

  const want = (hurried: boolean) => {
    if (wanting !== undefined) return
    wanting = new AbortController()
    tell.onWant(wanting.signal, hurried)
  }
  const contented = () => {
    wanting?.abort()
    wanting = undefined
  }

  const lost = () => {
    silence.restart()
    if (state !== 'up') return
    change('recovering')
    want(false)
  }

  /** What the lane still brings counts no more. */
  const leaveLane = () => {
    lane?.abort()
    lane = undefined
    dropRetired()
    generation++
  }

  const silence = createSilence({
    clock,
    ask: () => pings.probe(),
    doubt: want,
    giveUp() {
      leaveLane()
      road?.connection.abort(new Error('the other end is silent'))
      lost()
    },
  })

  async function sayGoodbye(): Promise<void> {
    outbox.end(faults.linkEnded('closed'))
    const last = lane
    if (last !== undefined) {
      void last.finish(kinds.goodbye, encodeGoodbye(goodbyes.done, inbox.received))
      const patience = new AbortController()
      await Promise.race([farewell.promise, clock.sleep(limits.goodbye, patience.signal).catch(() => undefined)])
      patience.abort()
    }
    lane = undefined
    finish({ orderly: true, ...reasonOf(goodbyes.done) }, undefined)
    await tell.release()
  }

  const link: Link = {
    peer,
    get path() {
      return path!
    },
    get state() {
      return state
    },
    async send(frame, options) {
      if (frame.length > limits.frame) throw faults.frameTooLarge(frame.length, limits.frame)
      await outbox.add(frame, options?.signal).catch(cancelledBy(options?.signal))
    },
    flush: (options) => outbox.emptied(options?.signal).catch(cancelledBy(options?.signal)),
    frames: inbox.frames,
    rtt: (options) => pings.ping(options?.signal).catch(cancelledBy(options?.signal)),
    get traffic() {
      return traffic()
    },
    get roundTrips() {
      return pings.measured
    },
    watch(fn) {
      if (state !== 'closed') watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
    closed: ending.promise,
    close: () => (state === 'closed' ? Promise.resolve() : (closing ??= sayGoodbye())),
  }

  const held: HeldLink = {
    link,
    get session() {
      return session
    },
    get opener() {
      return opener
    },
    becomeOurs(proposed) {
      session = proposed
      opener = true
    },
    get road() {
      return road
    },
    get unanswered() {
      return silence.unanswered
    },
    over: over.signal,
    get generation() {
      return generation
    },
    detach() {
      if (lane !== undefined) retired = lane
      lane = undefined
      return ++generation
    },
    hello: (resume) => encodeHello({ resume, session, received: inbox.received }),
    attach(next, nextRoad, theirs) {
      const moved = road !== undefined
      generation++
      // Only now, so that the other end does not take the old stream's end for a cut.
      dropRetired()
      before = traffic()
      lane = counted = next
      road = nextRoad
      path = { ...nextRoad.path, since: clock.now() }
      silence.restart()
      contented()
      if (!outbox.restart(theirs.received)) {
        blame('order')
        return false
      }
      if (moved) change('up')
      const mine = generation
      const current = <A extends unknown[]>(fn: (...args: A) => void) => {
        return (...args: A) => (mine === generation && state !== 'closed' ? fn(...args) : undefined)
      }
      next.run({ next: () => (mine === generation ? outbox.next() : undefined), frame: current(onFrame), end: current(onLaneEnd) })
      if (inbox.taken > 0) tellTaken()
      pings.again()
      return true
    },
    lose() {
      leaveLane()
      if (closing === undefined) lost()
    },
    mind() {
      if (lane !== undefined && closing === undefined) silence.mind(outbox.waiting > 0)
    },
    suspect() {
      if (lane !== undefined && closing === undefined) silence.suspect()
    },
    end: fail,
  }
  return held
}

/** What a caller hears when it was its own signal. */
function cancelledBy(signal: AbortSignal | undefined): (error: unknown) => never {
  return (error) => {
    throw signal?.aborted === true && error === signal.reason ? faults.cancelled(error) : error
  }
}
