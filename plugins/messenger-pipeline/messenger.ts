import { createTurns, messageOf } from '@palabre/sdk'
import type { Contact } from '@palabre/sdk/contract/contacts'
import type { UserId } from '@palabre/sdk/contract/identity'
import type { Messenger, MessengerEvent } from '@palabre/sdk/contract/messenger'
import type { Intake } from '@palabre/sdk/contract/route'
import { createAcknowledging } from './acknowledging.ts'
import { createActions } from './actions.ts'
import type { Core, Sources } from './stations.ts'
import { createDelivery } from './delivery.ts'
import { faults } from './faults.ts'
import { greet, tellCard } from './greeting.ts'
import { loadHeld } from './held.ts'
import { createIntake } from './intake.ts'
import { createLane, type Lane } from './lane.ts'
import { limits } from './limits.ts'
import { loadOutbox } from './outbox.ts'
import { createReading } from './reading.ts'
import { takenBack } from './resealing.ts'
import { createSealing } from './sealing.ts'
import { createUpkeep, type Upkeep } from './upkeep.ts'

export interface OpenMessenger {
  readonly messenger: Messenger
  readonly intake: Intake
  readonly upkeep: Upkeep
  /** Greets whom we owe a greeting, tries what waits, looks for everybody. */
  start(): Promise<void>
  /** How we are reached has changed: those who are there are told, and those who are away where their mailbox keeps it. */
  hintsChanged(tellAway: boolean): Promise<void>
  /** A road has come: whoever was out of reach may no longer be. */
  roadCame(): Promise<void>
  /** Resolves when everything under way is kept. */
  close(): Promise<void>
}

export async function openMessenger(sources: Sources): Promise<OpenMessenger> {
  const { store, contacts, clock, log, signal } = sources
  const lanes = new Map<string, Lane>()
  const watchers = new Set<(event: MessengerEvent) => void>()
  /** Of what those who are away must hear. */
  let changes = 0
  const outbox = await loadOutbox(store)
  const held = await loadHeld(store)

  const tell = (event: MessengerEvent) => {
    for (const fn of watchers) {
      try {
        fn(event)
      } catch (error) {
        log.error('somebody who watches the messages threw', { reason: messageOf(error) })
      }
    }
  }

  const suiteCalled = (name: string) => {
    for (const suite of sources.suites) if (suite.name === name) return suite
    throw faults.noSuite(name)
  }

  const core: Core = {
    ...sources,
    outbox,
    held,
    inTurn: createTurns(),
    suiteCalled,
    tell,
    seal: createSealing({ primitives: sources.primitives, clock, suiteCalled }),
    delivery: createDelivery({
      contacts,
      routes: sources.routes,
      outbox,
      clock,
      log,
      signal,
      random: () => sources.primitives.randomBytes(1)[0]! / 256,
      carried: (envelopes, carried) => acknowledging.carried(envelopes, carried),
      failed: (contact, attempts, nextTry) => {
        const head = outbox.rows(contact)[0]
        if (head === undefined) return
        outbox.replace({ ...head, attempts, nextTry })
        aside(store.commit([{ do: 'requeue', envelope: head.envelope, set: { attempts, nextTry } }]))
      },
      reachabilityChanged: (contact) => aside(tellReachability(contact as UserId)),
      beforeRoute: sources.beforeRoute,
    }),
    lane(contact) {
      const lane = lanes.get(contact) ?? createLane(contact, store, outbox, () => held.reload(contact))
      lanes.set(contact, lane)
      return lane
    },
    async tellMessage(kind, id) {
      const message = await store.message(id)
      if (message === undefined) return
      tell({ kind, message })
      if (kind === 'message' && !message.mine && message.kind === 'text') sources.show(message)
    },
  }
  const acknowledging = createAcknowledging(core)
  const intake = createIntake(core, acknowledging)

  const aside = (work: Promise<unknown>) =>
    void work.catch((error: unknown) => {
      if (!signal.aborted) log.warn('something about a conversation failed', { reason: messageOf(error) })
    })

  async function tellReachability(conversation: UserId): Promise<void> {
    const contact = await contacts.get(conversation)
    if (contact !== undefined) tell({ kind: 'reachability', conversation, reachability: core.delivery.reachability(contact) })
  }

  async function meet(contact: Contact): Promise<void> {
    if (contact.blocked || contact.suspect !== undefined) return
    if (contact.waiting) await greet(core, contact)
    core.delivery.knock(contact.id)
  }

  function forget({ id }: Contact): void {
    lanes.delete(id)
    const waiting = outbox.rows(id)
    for (const { envelope } of waiting) outbox.remove(envelope)
    if (waiting.length > 0) aside(store.commit(waiting.flatMap(({ envelope }) => takenBack(envelope))))
    held.forget(id)
  }

  const watching = contacts.watch(({ kind, contact }) => {
    if (kind !== 'removed') core.delivery.heed(contact)
    if (kind === 'removed') forget(contact)
    else if (kind === 'added' || contact.invite !== undefined) aside(meet(contact))
    else if (core.delivery.reachability(contact).state === 'up') aside(tellCard(core, contact))
    tell({ kind: 'conversation', conversation: contact.id })
  })

  return {
    messenger: {
      ...createActions(core),
      ...createReading(core),
      watch(fn) {
        watchers.add(fn)
        return { [Symbol.dispose]: () => void watchers.delete(fn) }
      },
    },
    intake,
    upkeep: createUpkeep(core),
    async start() {
      for (const contact of await contacts.list()) {
        core.delivery.heed(contact)
        aside(meet(contact))
      }
    },
    async hintsChanged(tellAway) {
      const people = await contacts.list()
      for (const contact of people) {
        aside(meet(contact))
        if (core.delivery.reachability(contact).state === 'up') aside(tellCard(core, contact))
      }
      if (!tellAway) return
      const turn = ++changes
      await clock.sleep(limits.settle, signal).catch(() => undefined)
      if (turn === changes && !signal.aborted) for (const contact of await contacts.list()) aside(tellCard(core, contact))
    },
    async roadCame() {
      for (const contact of await contacts.list()) {
        core.delivery.heed(contact)
        if (!contact.blocked) core.delivery.tryAnew(contact.id)
      }
    },
    async close() {
      watching[Symbol.dispose]()
      await core.delivery.quiet()
      await Promise.all([...lanes.values()].map((lane) => lane.quiet()))
      await acknowledging.quiet()
    },
  }
}
