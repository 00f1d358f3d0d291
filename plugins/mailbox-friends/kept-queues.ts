import { equalBytes, toHex } from '@palabre/sdk'
import { mailboxWire } from '@palabre/sdk/contract/mailbox-wire'
import type { News, QueueStore } from '@palabre/sdk/contract/queue-store'
import type { Change, Store } from '@palabre/sdk/contract/store'
import {
  blockKey,
  blockPrefix,
  bodyOf,
  decodeBlock,
  decodeQueue,
  encodeBlock,
  encodeQueue,
  queueFields,
  queueKey,
  queuePrefix,
  type QueueRecord,
} from './kept-format.ts'
import { limits } from './limits.ts'

export interface KeptQueues extends QueueStore {
  /** Everything kept for this friend, as far as they were here since we started; the rest is over within a day. */
  forget(friend: string): Promise<void>
}

interface KeptSources {
  readonly store: Pick<Store, 'records' | 'record' | 'commit'>
  /** Whose node this is, when we keep for them. */
  friendAt(peer: string): string | undefined
  /** Of all friends together, and of each. */
  readonly bytes: { readonly total: number; readonly ofFriend: number }
}

/** What is kept does not say whose it is: that is known only while the friend's node is, or has been, here. */
interface Queue extends QueueRecord {
  usedHour: number
  friend?: string | undefined
  /** By name, in the order in which they came. */
  readonly blocks: Map<string, Block>
}

interface Block {
  readonly key: string
  readonly place: number
  readonly name: Uint8Array
  readonly overHour: number
  /** Resolves when it is committed. */
  readonly kept: Promise<unknown>
  isKept: boolean
}

/** Queues and blocks in the encrypted store; at hand is only where they are. */
export async function openKeptQueues({ store, friendAt, bytes }: KeptSources): Promise<KeptQueues> {
  const queues = await loadQueues(store)
  const watchers = new Set<(news: News) => void>()
  let numbers = Math.max(0, ...queues.keys())
  let places = Math.max(0, ...[...queues.values()].flatMap(({ blocks }) => [...blocks.values()].map(({ place }) => place)))

  const commit = (changes: readonly Change[]) => (changes.length === 0 ? Promise.resolve() : store.commit(changes).then(() => {}))
  const friendsQueues = (friend: string) => [...queues.values()].filter((queue) => queue.friend === friend)
  const bytesIn = (some: Iterable<Queue>) => [...some].reduce((sum, { blocks }) => sum + blocks.size, 0) * mailboxWire.block
  const removing = (queue: Queue): Change[] => [
    { do: 'remove', kind: 'kept', key: queueKey(queue.number) },
    ...[...queue.blocks.values()].map(({ key }): Change => ({ do: 'remove', kind: 'kept', key })),
  ]
  const keeping = (queue: Queue): Change => ({ do: 'put', kind: 'kept', key: queueKey(queue.number), value: encodeQueue(queue) })
  const drop = (some: readonly Queue[]) => {
    for (const { number } of some) queues.delete(number)
    return commit(some.flatMap(removing))
  }

  return {
    async create(wanted, now, by) {
      const friend = friendAt(by)
      if (friend === undefined) return 'denied'
      const same = [...queues.values()].find(
        (one) => equalBytes(one.recipient, wanted.recipient) || equalBytes(one.sender, wanted.sender),
      )
      if (same !== undefined) {
        if (!queueFields.every((name) => equalBytes(same[name], wanted[name]))) return 'taken'
        same.friend = friend
        if (same.usedHour !== hourOf(now)) {
          same.usedHour = hourOf(now)
          await commit([keeping(same)])
        }
        return { state: 'known', queue: same.number }
      }
      if (queues.size >= limits.queues || friendsQueues(friend).length >= limits.queuesOfFriend) return 'full'
      const queue: Queue = { ...wanted, number: (numbers += 1), usedHour: hourOf(now), friend, blocks: new Map() }
      queues.set(queue.number, queue)
      await commit([keeping(queue)]).catch((error: unknown) => {
        queues.delete(queue.number)
        throw error
      })
      return { state: 'made', queue: queue.number }
    },
    async find(role, id) {
      const found = [...queues.values()].find((one) => equalBytes(one[role], id))
      return found && { queue: found.number, key: role === 'recipient' ? found.recipientKey : found.senderKey }
    },
    async deposit(number, { name, body }, now) {
      const queue = queues.get(number)
      if (queue === undefined) return 'unknown'
      const known = queue.blocks.get(toHex(name))
      if (known !== undefined) {
        await known.kept
        return 'kept'
      }
      const ofFriend = queue.friend === undefined ? 0 : bytesIn(friendsQueues(queue.friend))
      if (queue.blocks.size >= limits.blocksOfQueue || ofFriend >= bytes.ofFriend || bytesIn(queues.values()) >= bytes.total)
        return 'full'
      const key = blockKey(number, (places += 1))
      const overHour = hourOf(now + limits.block)
      const kept = commit([{ do: 'put', kind: 'kept', key, value: encodeBlock(name, overHour, body) }])
      const block: Block = { key, place: places, name: name.slice(), overHour, kept, isKept: false }
      queue.blocks.set(toHex(name), block)
      try {
        await kept
      } catch (error) {
        queue.blocks.delete(toHex(name))
        throw error
      }
      block.isKept = true
      for (const fn of watchers) fn(number)
      return 'kept'
    },
    hold: async () => ({ [Symbol.asyncDispose]: async () => {} }),
    async names(number, now) {
      const blocks = [...(queues.get(number)?.blocks.values() ?? [])]
      return blocks.filter(({ isKept, overHour }) => isKept && overHour > hourOf(now)).map(({ name }) => name)
    },
    async block(number, name) {
      const block = queues.get(number)?.blocks.get(toHex(name))
      const value = block && (await store.record('kept', block.key))
      return value && bodyOf(value)
    },
    async acknowledge(number, names) {
      const blocks = queues.get(number)?.blocks
      const gone = names.map(toHex).flatMap((name) => {
        const block = blocks?.get(name)
        blocks?.delete(name)
        return block === undefined ? [] : [block]
      })
      await commit(gone.map(({ key }): Change => ({ do: 'remove', kind: 'kept', key })))
    },
    async remove(number) {
      const queue = queues.get(number)
      if (queue !== undefined) await drop([queue])
    },
    async sweep(now) {
      await drop([...queues.values()].filter(({ usedHour }) => usedHour < hourOf(now - limits.queue)))
      const over: Change[] = []
      for (const { blocks } of queues.values())
        for (const [name, { key, overHour, isKept }] of blocks)
          if (isKept && overHour <= hourOf(now)) {
            blocks.delete(name)
            over.push({ do: 'remove', kind: 'kept', key })
          }
      await commit(over)
    },
    counts: async () => ({ queues: queues.size, blocks: bytesIn(queues.values()) / mailboxWire.block }),
    forget: (friend) => drop(friendsQueues(friend)),
    watch(fn) {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
    async close() {
      await Promise.allSettled([...queues.values()].flatMap(({ blocks }) => [...blocks.values()].map(({ kept }) => kept)))
    },
  }
}

async function loadQueues(store: Pick<Store, 'records'>): Promise<Map<number, Queue>> {
  const records = await store.records('kept')
  const queues = new Map<number, Queue>()
  for (const { key, value } of records) {
    if (!key.startsWith(queuePrefix)) continue
    const queue = decodeQueue(key, value)
    queues.set(queue.number, { ...queue, blocks: new Map() })
  }
  // In the order of their places, which is that of their keys.
  for (const { key, value } of records) {
    if (!key.startsWith(blockPrefix)) continue
    const { queue, place, name, overHour } = decodeBlock(key, value)
    queues.get(queue)?.blocks.set(toHex(name), { key, place, name, overHour, kept: Promise.resolve(), isKept: true })
  }
  return queues
}

const hourOf = (time: number) => Math.floor(time / limits.grain)
