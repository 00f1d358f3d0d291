import { PalabreError } from '@palabre/sdk'
import type { Link, LinkChange, LinkEnd, LinkState, Path } from '@palabre/sdk/contract/link'
import { faults } from './faults.ts'
import { kinds, type FrameFault, type Kind } from './frame.ts'
import { goodbyes, misbehaved, reasonOf, type Goodbye, type Reason } from './goodbye.ts'
import { decodeCount, decodeGoodbye, encodeCount, encodeGoodbye, encodeHello } from './hello.ts'
import type { HeldLink, LinkSources } from './held-link.ts'
import { createInbox } from './inbox.ts'
import { createLanes } from './lanes.ts'
import { limits } from './limits.ts'
import { createOutbox } from './outbox.ts'
import { createPings } from './pings.ts'
import type { Road } from './road.ts'
import { createSilence } from './silence.ts'
import { createGrowingWindow } from './window-size.ts'

export function createLink({ peer, clock, ...tell }: LinkSources): HeldLink {
  let { session, opener } = tell
  const over = new AbortController()
  const watchers = new Set<(change: LinkChange) => void>()
  const ending = Promise.withResolvers<LinkEnd>()
  const farewell = Promise.withResolvers<void>()
  const outbox = createOutbox(createGrowingWindow(clock), () => lanes.now?.wake())
  const inbox = createInbox(limits.window.most, (urgent) => (urgent ? tellTaken() : tellTakenSoon()))
  const lanes = createLanes()
  const pings = createPings(clock, (payload) => lanes.now?.post(kinds.ping, payload))
  let state: LinkState = 'up'
  let road: Road | undefined
  let path: Path | undefined
  let wanting: AbortController | undefined
  let telling = false
  let closing: Promise<void> | undefined
  let theirCount = 0

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
    lanes.dropRetired()
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
    const last = lanes.take()
    if (goodbye !== undefined) void last?.finish(kinds.goodbye, encodeGoodbye(goodbye, inbox.received))
    else last?.abort()
    finish({ orderly: false, code: reason.code, text: reason.text }, new PalabreError(reason.code, reason.text))
  }
  const blame = (fault: keyof typeof misbehaved) => fail(misbehaved[fault], misbehaved[fault].goodbye)

  function tellTaken(): void {
    lanes.now?.post(kinds.taken, encodeCount(inbox.taken))
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
    void lanes.take()?.finish(kinds.goodbye, encodeGoodbye(goodbyes.done, inbox.received))
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
        lanes.now?.post(kinds.pong, payload)
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
    lanes.take()
    farewell.resolve()
    if (closing === undefined) lost()
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

  const silence = createSilence({
    clock,
    ask: () => pings.probe(),
    doubt: want,
    giveUp() {
      lanes.leave()
      road?.connection.abort(new Error('the other end is silent'))
      lost()
    },
  })

  async function sayGoodbye(): Promise<void> {
    outbox.end(faults.linkEnded('closed'))
    if (lanes.now !== undefined) {
      void lanes.now.finish(kinds.goodbye, encodeGoodbye(goodbyes.done, inbox.received))
      const patience = new AbortController()
      await Promise.race([farewell.promise, clock.sleep(limits.goodbye, patience.signal).catch(() => undefined)])
      patience.abort()
    }
    lanes.take()
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
      return lanes.traffic
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
      return lanes.generation
    },
    detach: lanes.retire,
    hello: (resume) => encodeHello({ resume, session, received: inbox.received }),
    attach(next, nextRoad, theirs) {
      const moved = road !== undefined
      lanes.attach(next)
      road = nextRoad
      path = { ...nextRoad.path, since: clock.now() }
      silence.restart()
      contented()
      if (!outbox.restart(theirs.received)) {
        blame('order')
        return false
      }
      if (moved) change('up')
      const { generation: mine } = lanes
      const current = <A extends unknown[]>(fn: (...args: A) => void) => {
        return (...args: A) => (mine === lanes.generation && state !== 'closed' ? fn(...args) : undefined)
      }
      next.run({
        next: () => (mine === lanes.generation ? outbox.next() : undefined),
        frame: current(onFrame),
        end: current(onLaneEnd),
      })
      if (inbox.taken > 0) tellTaken()
      pings.again()
      return true
    },
    lose() {
      lanes.leave()
      if (closing === undefined) lost()
    },
    mind() {
      if (lanes.now !== undefined && closing === undefined) silence.mind(outbox.waiting > 0)
    },
    suspect() {
      if (lanes.now !== undefined && closing === undefined) silence.suspect()
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
