import { messageOf, type Text } from '@palabre/sdk'
import type { Contact, Contacts } from '@palabre/sdk/contract/contacts'
import type { UserId } from '@palabre/sdk/contract/identity'
import type { Waiting } from '@palabre/sdk/contract/link'
import type { Reachability } from '@palabre/sdk/contract/messenger'
import type { Road } from '@palabre/sdk/contract/route'
import { limits } from './limits.ts'
import type { Outbox } from './outbox.ts'
import { createRoadTrials, recipient, type TrialSources } from './road-trials.ts'
import { noTries, patienceOf, type Tries } from './tries.ts'
import { why } from './why.ts'

export interface DeliverySources extends TrialSources {
  readonly contacts: Pick<Contacts, 'get'>
  readonly outbox: Outbox
  /** Between 0 and 1. */
  random(): number
  /** The try failed; the next one is at this time. */
  failed(contact: string, attempts: number, nextTry: number): void
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
  const trials = createRoadTrials(sources)

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
    const isTried = rows.length > 0 || isKnock
    if (isTried && (await trials.haveFailed(person, tries, rows.slice(0, limits.batch)))) await failed(person, tries)
    if (rows.length > limits.batch) tries.again = true
  }

  /** Nothing was acknowledged in its time. */
  function bringAgain(tries: Tries): void {
    tries.silences += 1
    tries.carried.clear()
    tries.again = true
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
      await trials.quiet()
    },
  }
  return delivery
}
