import { fromBase64Url, messageOf, toBase64Url, toHex, utf8 } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Log } from '@palabre/sdk/contract/log'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import type { RelayPlace } from '@palabre/sdk/contract/relay-link'
import type { Audience } from '@palabre/sdk/contract/route'
import type { Change, Store } from '@palabre/sdk/contract/store'
import { hintsOf } from './hints.ts'
import { limits } from './limits.ts'
import type { Place, Places } from './places.ts'

/** One queue of mine at one mailbox, for one person or one invite. */
export interface MyQueue {
  readonly audience: string
  readonly relay: RelayPlace
  readonly recipient: Uint8Array
  readonly sender: Uint8Array
  readonly recipientSeed: Uint8Array
  readonly senderSeed: Uint8Array
  /** X25519. */
  readonly sealSecret: Uint8Array
  /** How long a block is kept there, in milliseconds. */
  readonly keeps: number
  readonly madeAt: number
  /** The node that is to keep it has not said yet that it does. */
  readonly isUnheard?: true | undefined
  /** Nobody is told of it any more; collected from until then. */
  readonly until?: number | undefined
  /** Who came in by the invite it stands in. */
  readonly met?: string | undefined
}

export interface MyQueues {
  all(): readonly MyQueue[]
  /**
   * Makes the queues that are missing; what it gives is kept before anything that is kept later. With `none`, they are to use none. A
   * contact's node keeps for few, and hears late that we are one of them: a queue there is told once it stands, and until then the one
   * before.
   */
  hints(audience: Audience, none?: 'none'): unknown
  /** It stands at its mailbox. True when somebody may be told of it now. */
  heard(queue: MyQueue): Promise<boolean>
  met(queue: MyQueue, contact: string): Promise<void>
  /** Retires what is old, and what lies where nothing is kept for us any more. True when somebody must be told of new ones. */
  rotate(): Promise<boolean>
  forget(queue: MyQueue): Promise<void>
  watch(fn: (queue: MyQueue) => void): Disposable
}

interface QueueSources {
  readonly store: Store
  readonly primitives: Primitives
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
  readonly places: Places
}

export async function openMyQueues({ store, primitives, clock, log, places }: QueueSources): Promise<MyQueues> {
  const queues = new Map<string, MyQueue>()
  const watchers = new Set<(queue: MyQueue) => void>()
  for (const { key, value } of await store.records('mailbox')) {
    if (key.startsWith(prefix)) queues.set(key, decode(value))
  }

  const keep = (queue: MyQueue) => {
    queues.set(keyOf(queue), queue)
    return store.commit([keeping(queue)]).then(
      () => undefined,
      (error: unknown) => log.error('a queue could not be kept', { reason: messageOf(error) }),
    )
  }

  const change = (queue: MyQueue, more: Partial<MyQueue>) => keep({ ...(queues.get(keyOf(queue)) ?? queue), ...more })

  const make = (audience: string, { peer, addresses, keeps }: Place, until: number | undefined): MyQueue => {
    const queue: MyQueue = {
      audience,
      relay: { peer, addresses },
      recipient: primitives.randomBytes(16),
      sender: primitives.randomBytes(16),
      recipientSeed: primitives.randomBytes(32),
      senderSeed: primitives.randomBytes(32),
      sealSecret: primitives.randomBytes(32),
      keeps,
      madeAt: clock.now(),
      isUnheard: true,
      until,
    }
    void keep(queue)
    for (const fn of watchers) fn(queue)
    return queue
  }

  const placesFor = (audience: Audience): readonly Place[] =>
    places
      .all()
      .filter(({ contact }) => contact === undefined || ('contact' in audience && contact !== audience.contact))
      .slice(0, limits.mailboxes)

  const forget = async (queue: MyQueue) => {
    await store.commit([{ do: 'remove', kind: 'mailbox', key: keyOf(queue) }])
    queues.delete(keyOf(queue))
  }

  const isTold = (queue: MyQueue) => queue.until === undefined || queue.audience.startsWith(invites)

  return {
    all: () => [...queues.values()],
    hints(audience, none) {
      const name = 'contact' in audience ? contacts + audience.contact : invites + audience.invite
      const until = 'contact' in audience ? undefined : audience.until + limits.afterInvite
      const there = none === undefined ? placesFor(audience) : []
      const theirs = [...queues.values()].filter((one) => none === undefined && one.audience === name)
      const told = theirs.filter(isTold)
      const mine = there.flatMap((place) => {
        const newest = told.find(isAt(place)) ?? make(name, place, until)
        const queue = [newest, ...theirs.filter(isAt(place)).toReversed()].find(stands)
        return queue === undefined ? [] : [{ place, queue }]
      })
      // Where a contact keeps for us whose consent nobody has read to us yet.
      const awaited = told
        .map((queue) => ({ place: { ...queue.relay, keeps: queue.keeps }, queue }))
        .filter(({ place, queue }) => places.isAwaited(place) && stands(queue))
      const all = [...mine, ...awaited]
      // Who was told of a mailbox must hear that there is none any more.
      if (all.length === 0) return [...queues.values()].some((one) => one.audience === name && wasTold(one)) ? [] : undefined
      return hintsOf(
        all.map(({ place, queue }) => ({
          relay: place,
          sender: queue.sender,
          seed: queue.senderSeed,
          seal: primitives.x25519.generate(queue.sealSecret).publicKey,
          keeps: place.keeps,
        })),
      )
    },
    async heard(queue) {
      if (queues.get(keyOf(queue))?.isUnheard !== true) return false
      await change(queue, { isUnheard: undefined })
      return !isAtRelay(queue)
    },
    met: (queue, contact) => change(queue, { met: contact }),
    async rotate() {
      const now = clock.now()
      const isGone = ({ relay, keeps }: MyQueue) => places.isGone({ peer: relay.peer, keeps })
      const old = [...queues.values()].filter(
        (queue) => queue.until === undefined && (now - queue.madeAt >= limits.rotation || isGone(queue)),
      )
      for (const queue of old)
        await keep(
          isGone(queue) ? { ...queue, until: now + queue.keeps, isUnheard: true } : { ...queue, until: now + limits.retired },
        )
      const lost = [...queues.values()].filter(({ until = now }) => now - until > limits.retired)
      for (const queue of lost) await forget(queue)
      return old.length > 0
    },
    forget,
    watch(fn) {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
  }
}

/** The person it was made for, as far as we know. */
export function contactOf({ audience, met }: MyQueue): string | undefined {
  return audience.startsWith(contacts) ? audience.slice(contacts.length) : met
}

/** Relays keep for everybody, and so long; what else keeps for us is a contact's node. */
const isAtRelay = ({ keeps }: Pick<Place, 'keeps'>) => keeps === limits.kept
const stands = (queue: MyQueue) => isAtRelay(queue) || queue.isUnheard !== true
const wasTold = (queue: MyQueue) => stands(queue) || queue.until !== undefined

const isAt =
  ({ peer }: RelayPlace) =>
  ({ relay }: MyQueue) =>
    relay.peer === peer

const contacts = 'contact/'
const invites = 'invite/'
const prefix = 'queue/'
const keyOf = ({ recipient }: MyQueue) => prefix + toHex(recipient)

const keeping = (queue: MyQueue): Change => ({ do: 'put', kind: 'mailbox', key: keyOf(queue), value: encode(queue) })

const secret = ['recipient', 'sender', 'recipientSeed', 'senderSeed', 'sealSecret'] as const

function encode(queue: MyQueue): Uint8Array {
  return utf8.encode(JSON.stringify({ ...queue, ...Object.fromEntries(secret.map((name) => [name, toBase64Url(queue[name])])) }))
}

/** Our own writing. */
function decode(value: Uint8Array): MyQueue {
  const kept = JSON.parse(utf8.decode(value)!) as MyQueue & Record<(typeof secret)[number], string>
  return {
    ...kept,
    keeps: kept.keeps ?? limits.kept,
    ...Object.fromEntries(secret.map((name) => [name, fromBase64Url(kept[name])!])),
  } as MyQueue
}
