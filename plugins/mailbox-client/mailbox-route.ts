import { createTurns, messageOf } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Log } from '@palabre/sdk/contract/log'
import type { Network } from '@palabre/sdk/contract/network'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import type { Audience, Intake, Route } from '@palabre/sdk/contract/route'
import type { Store } from '@palabre/sdk/contract/store'
import { carry } from './carrying.ts'
import { registerQueue } from './collecting.ts'
import { openDeposited } from './deposited.ts'
import { createDepositor } from './depositing.ts'
import { limits } from './limits.ts'
import type { Place, Places } from './places.ts'
import { collectEverywhere, type Everywhere } from './everywhere.ts'
import { openMailboxStream } from './mailbox-stream.ts'
import { openMyQueues, type MyQueue } from './my-queues.ts'
import { openProofs, type Proofs } from './proofs.ts'
import { takeBlock } from './taking.ts'

export interface MailboxRouteSources {
  readonly network: Network
  readonly store: Store
  readonly primitives: Primitives
  readonly clock: Clock
  readonly log: Log
  readonly signal: AbortSignal
  /** Where others may deposit for us. */
  readonly places: Places
  /** Mailboxes come before links. */
  readonly always: boolean
}

export interface MailboxStatus {
  readonly mailboxes: readonly (Place & { readonly reached: boolean })[]
  readonly queues: number
  /** Acknowledgements that have not left yet. */
  readonly owed: number
}

export interface MailboxRoute {
  readonly route: Route
  /** Those that were not asked yet are asked first. */
  status(): Promise<MailboxStatus>
  /** What time brings about: queues that are old, marks that are. */
  tidy(): Promise<void>
  /** There are others than before. */
  placesChanged(): void
  /** Resolves when nothing is under way any more. */
  quiet(): Promise<void>
}

export async function openMailboxRoute(sources: MailboxRouteSources): Promise<MailboxRoute> {
  const { store, clock, log, signal, places } = sources
  const queues = await openMyQueues(sources)
  const deposited = await openDeposited(store, clock)
  const depositor = createDepositor(sources)
  const inTurn = createTurns()
  const watchers = new Set<() => void>()
  const running = new Set<Promise<void>>()
  /** Whether it did when it was asked last. */
  const answering = new Map<string, boolean>()
  /** Contacts with whom nobody may stand in between, in either direction. */
  const directOnly = new Set<string>()
  let owed: Proofs | undefined
  let everywhere: Everywhere | undefined

  const start = (intake: Intake, until: AbortSignal) => {
    const work = collect(intake, until)
      .catch((error: unknown) => {
        if (!until.aborted) log.error('collecting stopped', { reason: messageOf(error) })
      })
      .finally(() => running.delete(work))
    running.add(work)
  }

  async function collect(intake: Intake, until: AbortSignal): Promise<void> {
    const proofs = await openProofs({ ...sources, signal: until, depositor, intake })
    owed = proofs
    proofs.again()
    await sources.network.ready()
    const taking = { ...sources, signal: until, intake, queues, proofs, deposited }
    const collecting = {
      ...sources,
      signal: until,
      queues,
      take: (queue: MyQueue, block: Uint8Array) => takeBlock(taking, queue, block),
      async heard(queue: MyQueue) {
        if (await queues.heard(queue)) tellWatchers()
      },
      reached(peer: string, isReached: boolean) {
        answering.set(peer, isReached)
        if (isReached) proofs.again()
      },
    }
    everywhere = collectEverywhere(collecting, places)
    await everywhere.ended
  }

  /** Whoever holds the invite may deposit at once, so the mailbox hears of it now, even where nobody collects yet. */
  async function inviteHints(audience: Audience): Promise<unknown> {
    const fresh: MyQueue[] = []
    const watching = queues.watch((queue) => fresh.push(queue))
    const hints = queues.hints(audience)
    watching[Symbol.dispose]()
    await sources.network.ready()
    await inAMoment((until) =>
      Promise.all(
        fresh.map((queue) =>
          registerQueue({ ...sources, signal: until }, queue).catch((error: unknown) =>
            log.warn('a mailbox has not heard of an invite yet', { reason: messageOf(error) }),
          ),
        ),
      ),
    )
    return hints
  }

  async function answers(place: Place): Promise<boolean> {
    let isThere = false
    await inAMoment(async (until) => {
      await sources.network.ready()
      const stream = await openMailboxStream({ ...sources, signal: until }, place).catch(() => undefined)
      isThere = stream !== undefined
      stream?.close()
    })
    return isThere
  }

  /** Somebody waits for it. */
  async function inAMoment(asking: (until: AbortSignal) => Promise<unknown>): Promise<void> {
    const over = new AbortController()
    const until = AbortSignal.any([signal, over.signal])
    const inTime = clock.sleep(limits.moment, until).catch(() => undefined)
    await Promise.race([asking(until), inTime])
    over.abort()
  }

  const route: Route = {
    name: 'mailbox',
    // A link is faster.
    rank: sources.always ? 5 : 50,
    keeps: true,
    open(intake) {
      const stopping = new AbortController()
      start(intake, AbortSignal.any([signal, stopping.signal]))
      return { [Symbol.dispose]: () => stopping.abort() }
    },
    hints(audience) {
      if ('invite' in audience) return inviteHints(audience)
      return queues.hints(audience, directOnly.has(audience.contact) ? 'none' : undefined)
    },
    watchHints(fn) {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
    carry: (envelopes, to) => carry({ depositor, deposited, places, clock, inTurn }, envelopes, to),
    pathTo: () => undefined,
    heed({ contact, policy }) {
      const isDirect = policy === 'direct-only'
      if (isDirect === directOnly.has(contact)) return
      if (isDirect) directOnly.add(contact)
      else directOnly.delete(contact)
      tellWatchers()
    },
  }

  const rotate = async () => {
    if (await queues.rotate()) tellWatchers()
  }
  const tellWatchers = () => watchers.forEach((tell) => tell())

  return {
    route,
    async status() {
      const look = async (one: Place) => ({ ...one, reached: answering.get(one.peer) ?? (await answers(one)) })
      return { mailboxes: await Promise.all(places.all().map(look)), queues: queues.all().length, owed: owed?.count ?? 0 }
    },
    async tidy() {
      await deposited.tidy()
      owed?.again()
      await rotate()
    },
    placesChanged() {
      everywhere?.look()
      tellWatchers()
      void rotate().catch((error: unknown) => log.error('queues could not be retired', { reason: messageOf(error) }))
    },
    async quiet() {
      depositor.close()
      await Promise.allSettled(running)
    },
  }
}
