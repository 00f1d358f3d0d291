import { createGate, isPalabreError, messageOf, textOf, type Text } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Contact, Contacts } from '@palabre/sdk/contract/contacts'
import type { UserId } from '@palabre/sdk/contract/identity'
import type { Log } from '@palabre/sdk/contract/log'
import type { Reachability } from '@palabre/sdk/contract/messenger'
import type { Waiting } from '@palabre/sdk/contract/link'
import type { Carried, Recipient, Road, Route } from '@palabre/sdk/contract/route'
import type { Sealed } from '@palabre/sdk/contract/suite'
import { firstThrough } from './first-through.ts'
import { limits } from './limits.ts'
import type { Outbox } from './outbox.ts'
import { noTries, patienceOf, type Tries } from './tries.ts'
import { why } from './why.ts'

export interface DeliverySources {
  readonly contacts: Pick<Contacts, 'get'>
  readonly routes: Iterable<Route>
  readonly outbox: Outbox
  readonly clock: Clock
  readonly log: Log
  readonly signal: AbortSignal
  /** Between 0 and 1. */
  random(): number
  /** These have left, or somebody keeps them. */
  carried(envelopes: readonly string[], carried: Carried): void
  /** The try failed; the next one is at this time. */
  failed(contact: string, attempts: number, nextTry: number): void
  reachabilityChanged(contact: string): void
  beforeRoute(envelope: { readonly id: string; readonly bytes: number; readonly route: string }): void
}

/** Brings what waits: for each person one row of tries, which never ends while something waits for them. */
export interface Delivery {
  /** Something waits for them, or may. */
  wake(contact: string): void
  /** A road to them has opened: no pause, and everything goes again. */
  reachable(contact: string): void
  /** Tries to open a road, though nothing may wait. */
  knock(contact: string): void
  /** What made the tries before fail may be over. */
  tryAnew(contact: string): void
  why(contact: string): Text | undefined
  attempts(contact: string): { readonly attempts: number; readonly nextTry: number }
  reachability(contact: Contact): Reachability
  /** The road on which they are reached now, looked at closely. */
  road(contact: Contact, options: Waiting): Promise<Road | undefined>
  /** Tells the roads what the person allows with them. */
  heed(contact: Contact): void
  /** Their side says that it does not take an envelope: it goes again after a while. */
  refused(contact: string, envelope: string, reason: Text): void
  /** A road to them changed or closed: if it is gone, another one is looked for. */
  pathChanged(contact: string): void
  /** They have taken something: they are there. */
  acknowledged(contact: string, envelope: string): void
  /** Resolves when nothing is under way; for stopping. */
  quiet(): Promise<void>
}

export function createDelivery(sources: DeliverySources): Delivery {
  const { contacts, outbox, clock, log, signal } = sources
  const table = new Map<string, Tries>()
  const running = new Set<Promise<void>>()
  /** People whom we only want to see: a few at a time. */
  const knocking = createGate(limits.knocks)

  const triesOf = (contact: string): Tries => {
    const there = table.get(contact)
    if (there !== undefined) return there
    const fresh = noTries()
    table.set(contact, fresh)
    return fresh
  }

  function start(contact: string): void {
    const tries = triesOf(contact)
    tries.again = true
    if (tries.running || signal.aborted) return
    tries.running = true
    const run = bring(contact, tries)
      .catch((error: unknown) => {
        if (!signal.aborted) log.error('bringing messages stopped', { reason: messageOf(error) })
      })
      .finally(() => {
        tries.running = false
        running.delete(run)
        if (tries.again && !signal.aborted) start(contact)
      })
    running.add(run)
  }

  async function bring(contact: string, tries: Tries): Promise<void> {
    while (!signal.aborted && (tries.again || outbox.rows(contact).length > 0)) {
      const person = await contacts.get(contact as UserId)
      if (person === undefined || person.blocked) {
        tries.again = false
        return
      }
      if (tries.again) await bringNow(person, tries)
      else if (await rest(tries, patienceOf(tries))) bringAgain(tries)
    }
  }

  async function bringNow(person: Contact, tries: Tries): Promise<void> {
    tries.again = false
    const rows = outbox.rows(person.id).filter(({ envelope }) => !tries.carried.has(envelope))
    const isKnock = tries.knocking
    tries.knocking = false
    if (rows.length > 0 || isKnock) await tryRoads(person, tries, rows.slice(0, limits.batch))
    if (rows.length > limits.batch) tries.again = true
  }

  /** Nothing was acknowledged in its time. */
  function bringAgain(tries: Tries): void {
    tries.silences += 1
    tries.carried.clear()
    tries.again = true
  }

  type Rows = ReturnType<Outbox['rows']>

  async function tryRoads(person: Contact, tries: Tries, rows: Rows): Promise<void> {
    // Where somebody else keeps what we bring, there is nobody to look for.
    const roads = [...sources.routes].filter(({ keeps }) => rows.length > 0 || keeps !== true).toSorted((a, b) => a.rank - b.rank)
    let isThrough = false
    let rankTold = Number.NEGATIVE_INFINITY
    const carry = async (road: Route) => {
      const last = begin(road)
      try {
        await last
        isThrough = true
      } catch (error) {
        // Told at once, though another road may come through yet; of several, the last resort has most to say.
        if (!isThrough && !signal.aborted && road.rank >= rankTold && isTelling(error, tries)) {
          rankTold = road.rank
          tell(person, tries, textOf(error))
        }
        throw error
      } finally {
        if (tries.underWay.get(road) === last) {
          tries.underWay.delete(road)
          tries.since.delete(road)
        }
      }
    }
    const begin = (road: Route): Promise<void> => {
      const there = tries.underWay.get(road)
      // Whom we only look for is being looked for already.
      if (rows.length === 0 && there !== undefined) return there
      const work = () => carryBy(road, person, tries, rows)
      const last = during(rows.length === 0 ? knocking(work, signal) : work())
      tries.underWay.set(road, last)
      return last
    }
    // A road that was being tried already has had some of its time, or all.
    const stagger = (road: Route) => {
      const since = tries.since.get(road)
      return since === undefined ? limits.roadStagger : Math.max(0, since + limits.roadStagger - clock.monotonic())
    }
    const waiting = new AbortController()
    tries.waiting = waiting
    tries.isLooking = rows.length === 0
    const until = AbortSignal.any([signal, waiting.signal])
    const errors = await firstThrough({ roads, clock, signal: until, stagger, carry })
    // Nothing of it stays with the signal that outlives it.
    waiting.abort()
    if (errors === undefined || signal.aborted) return
    for (const [at, error] of errors.entries())
      if (!isPalabreError(error)) log.warn('a road failed', { route: roads[at]!.name, reason: messageOf(error) })
    if (roads.length === 0) tell(person, tries, why.noRoute)
    await failed(person, tries)
  }

  function tell(person: Contact, tries: Tries, reason: Text): void {
    const isNews = tries.reason?.en !== reason.en
    tries.reason = reason
    if (isNews) sources.reachabilityChanged(person.id)
  }

  /** Kept until it is over, though nobody waits for it any more. */
  function during(work: Promise<void>): Promise<void> {
    const settled = work.then(
      () => void running.delete(settled),
      () => void running.delete(settled),
    )
    running.add(settled)
    return work
  }

  async function carryBy(road: Route, person: Contact, tries: Tries, rows: Rows): Promise<void> {
    if (!tries.since.has(road)) tries.since.set(road, clock.monotonic())
    for (const { envelope, sealed } of rows) sources.beforeRoute({ id: envelope, bytes: sealed.length, route: road.name })
    // Before the road has them: an acknowledgement may be faster than its answer.
    for (const { envelope } of rows) tries.carried.add(envelope)
    const envelopes = rows.map(({ envelope, sealed }) => ({ id: envelope, sealed: sealed as Sealed }))
    const carried = await road.carry(envelopes, recipient(person, road), { signal })
    tries.attempts = 0
    if (tries.refused === 0) tries.reason = undefined
    if (rows.length > 0)
      sources.carried(
        rows.map(({ envelope }) => envelope),
        carried,
      )
  }

  async function failed(person: Contact, tries: Tries): Promise<void> {
    tries.carried.clear()
    const pause = Math.min(limits.longestPause, limits.firstPause * 2 ** tries.attempts) * (0.75 + sources.random() / 2)
    tries.attempts += 1
    tries.nextTry = clock.now() + pause
    sources.failed(person.id, tries.attempts, tries.nextTry)
    await rest(tries, pause)
    tries.again = true
    tries.knocking ||= outbox.rows(person.id).length === 0
  }

  /** Until the time is over, which is true, or somebody wakes us. */
  async function rest(tries: Tries, ms: number): Promise<boolean> {
    const pause = new AbortController()
    tries.pause = pause
    const isOver = await clock.sleep(ms, AbortSignal.any([pause.signal, signal])).then(
      () => true,
      () => false,
    )
    tries.pause = undefined
    return isOver
  }

  const delivery: Delivery = {
    wake(contact) {
      const tries = triesOf(contact)
      // Nothing has been tried yet of what waits: that nobody was found does not hold it up, nor that somebody is being looked for.
      if (tries.isLooking && outbox.rows(contact).length > 0) {
        tries.attempts = 0
        tries.waiting?.abort()
      }
      // While a try has failed and its pause lasts, a new message does not shorten it.
      if (tries.attempts === 0) tries.pause?.abort()
      start(contact)
    },
    reachable(contact) {
      const tries = triesOf(contact)
      tries.attempts = 0
      tries.silences = 0
      tries.reason = undefined
      tries.carried.clear()
      tries.pause?.abort()
      start(contact)
      sources.reachabilityChanged(contact)
    },
    tryAnew(contact) {
      const tries = triesOf(contact)
      tries.knocking = true
      tries.waiting?.abort()
      delivery.reachable(contact)
    },
    knock(contact) {
      triesOf(contact).knocking = true
      delivery.wake(contact)
    },
    why: (contact) => table.get(contact)?.reason,
    attempts(contact) {
      const { attempts = 0, nextTry = 0 } = table.get(contact) ?? {}
      return { attempts, nextTry }
    },
    reachability(contact) {
      if (contact.blocked) return { state: 'offline', why: why.blocked }
      for (const road of sources.routes) {
        const path = road.pathTo(recipient(contact, road))
        if (path !== undefined) return { state: 'up', path, why: table.get(contact.id)?.reason }
      }
      const tries = table.get(contact.id)
      if (tries?.running === true && tries.pause === undefined) return { state: 'trying' }
      if (outbox.rows(contact.id).some(({ storedAt }) => storedAt.length > 0)) return { state: 'mailbox', why: why.stored }
      return { state: contact.waiting ? 'waiting' : 'offline', why: tries?.reason ?? (contact.waiting ? why.waiting : undefined) }
    },
    async road(contact, options) {
      if (contact.blocked) return undefined
      for (const road of sources.routes) {
        const found = await road.measure?.(recipient(contact, road), options)
        if (found !== undefined) return found
      }
      return undefined
    },
    heed(contact) {
      for (const road of sources.routes) road.heed?.(recipient(contact, road))
    },
    refused(contact, envelope, reason) {
      const tries = triesOf(contact)
      tries.carried.delete(envelope)
      tries.refused += 1
      tries.reason = reason
      tries.pause?.abort()
      sources.reachabilityChanged(contact)
      if (!tries.running) start(contact)
    },
    pathChanged(contact) {
      sources.reachabilityChanged(contact)
      void contacts.get(contact as UserId).then((person) => {
        if (person === undefined || person.blocked || delivery.reachability(person).state === 'up') return
        triesOf(contact).carried.clear()
        delivery.knock(contact)
      })
    },
    acknowledged(contact, envelope) {
      const tries = triesOf(contact)
      tries.silences = 0
      tries.refused = 0
      tries.reason = undefined
      tries.carried.delete(envelope)
    },
    async quiet() {
      await Promise.allSettled(running)
    },
  }
  return delivery
}

function recipient({ id, hints, policy }: Contact, { name }: Route): Recipient {
  return { contact: id, hints: hints[name], policy }
}

/** That they have named no mailbox is not why the link failed. */
const isTelling = (error: unknown, { reason }: Tries) =>
  reason === undefined || !(isPalabreError(error) && error.code === 'peer-unknown')
