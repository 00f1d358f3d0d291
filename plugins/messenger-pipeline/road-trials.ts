import { createGate, isPalabreError, messageOf, textOf, type Text } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Contact } from '@palabre/sdk/contract/contacts'
import type { Log } from '@palabre/sdk/contract/log'
import type { Carried, Recipient, Route } from '@palabre/sdk/contract/route'
import type { OutboxRow } from '@palabre/sdk/contract/store'
import type { Sealed } from '@palabre/sdk/contract/suite'
import { firstThrough } from './first-through.ts'
import { limits } from './limits.ts'
import type { Trial, Tries } from './tries.ts'
import { why } from './why.ts'

export interface TrialSources {
  readonly routes: Iterable<Route>
  readonly clock: Clock
  readonly log: Log
  readonly signal: AbortSignal
  beforeRoute(envelope: { readonly id: string; readonly bytes: number; readonly route: string }): void
  /** These have left, or somebody keeps them. */
  carried(envelopes: readonly string[], carried: Carried): void
  reachabilityChanged(contact: string): void
}

/** Takes things to people by the roads there are, the best first. */
export interface RoadTrials {
  /** With nothing to bring, the person is only looked for. True when every road has failed, and nothing else ended the wait. */
  haveFailed(person: Contact, tries: Tries, rows: readonly OutboxRow[]): Promise<boolean>
  /** Resolves when nothing is under way. */
  quiet(): Promise<void>
}

export function createRoadTrials(sources: TrialSources): RoadTrials {
  const { clock, log, signal } = sources
  const running = new Set<Promise<void>>()
  /** People whom we only want to see: a few at a time. */
  const knocking = createGate(limits.knocks)

  async function haveFailed(person: Contact, tries: Tries, rows: readonly OutboxRow[]): Promise<boolean> {
    // Where somebody else keeps what we bring, there is nobody to look for.
    const roads = [...sources.routes].filter(({ keeps }) => rows.length > 0 || keeps !== true).toSorted((a, b) => a.rank - b.rank)
    const waiting = new AbortController()
    tries.waiting = waiting
    tries.isLooking = rows.length === 0
    const telling = tellsWhy(person, tries)
    const errors = await firstThrough({
      roads,
      clock,
      signal: AbortSignal.any([signal, waiting.signal]),
      stagger: (road) => staggerOf(tries, road),
      carry: (road) => telling(road, begin(road, person, tries, rows)),
    })
    // Nothing of it stays with the signal that outlives it.
    waiting.abort()
    if (errors === undefined || signal.aborted) return false
    for (const [at, error] of errors.entries())
      if (!isPalabreError(error)) log.warn('a road failed', { route: roads[at]!.name, reason: messageOf(error) })
    if (roads.length === 0) tell(person, tries, why.noRoute)
    return true
  }

  /** A road that was being tried already has had some of its time, or all. */
  function staggerOf({ underWay }: Tries, road: Route): number {
    const since = underWay.get(road)?.since
    return since === undefined ? limits.roadStagger : Math.max(0, since + limits.roadStagger - clock.monotonic())
  }

  function begin(road: Route, person: Contact, tries: Tries, rows: readonly OutboxRow[]): Promise<void> {
    const there = tries.underWay.get(road)
    // Whom we only look for is being looked for already.
    if (rows.length === 0 && there !== undefined) return there.last
    const trial: Trial = { since: there?.since, last: Promise.resolve() }
    const carry = () => {
      trial.since ??= clock.monotonic()
      return carryBy(road, person, tries, rows)
    }
    trial.last = rows.length === 0 ? knocking(carry, signal) : carry()
    tries.underWay.set(road, trial)
    const over = () => {
      running.delete(settled)
      if (tries.underWay.get(road) === trial) tries.underWay.delete(road)
    }
    // Kept until it is over, though nobody may wait for it any more.
    const settled = trial.last.then(over, over)
    running.add(settled)
    return trial.last
  }

  async function carryBy(road: Route, person: Contact, tries: Tries, rows: readonly OutboxRow[]): Promise<void> {
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

  /** Why a road failed is told at once, though another may come through yet; of several, the last resort has most to say. */
  function tellsWhy(person: Contact, tries: Tries) {
    let isThrough = false
    let rankTold = Number.NEGATIVE_INFINITY
    return async (road: Route, trial: Promise<void>): Promise<void> => {
      try {
        await trial
        isThrough = true
      } catch (error) {
        if (!isThrough && !signal.aborted && road.rank >= rankTold && isTelling(error, tries)) {
          rankTold = road.rank
          tell(person, tries, textOf(error))
        }
        throw error
      }
    }
  }

  function tell(person: Contact, tries: Tries, reason: Text): void {
    const isNews = tries.reason?.en !== reason.en
    tries.reason = reason
    if (isNews) sources.reachabilityChanged(person.id)
  }

  return {
    haveFailed,
    async quiet() {
      await Promise.allSettled(running)
    },
  }
}

export function recipient({ id, hints, policy }: Contact, { name }: Route): Recipient {
  return { contact: id, hints: hints[name], policy }
}

/** That they have named no mailbox is not why the link failed. */
const isTelling = (error: unknown, { reason }: Tries) =>
  reason === undefined || !(isPalabreError(error) && error.code === 'peer-unknown')
