import type { Change, OutboxRow, StoredMessage } from '@palabre/sdk/contract/store'
import { toHex } from '@palabre/sdk'
import * as assert from 'uvu/assert'

/** Sees what one person’s program commits and shows, and knows what is never true. */
export interface Witness {
  /** By its proof: what this person ever committed as come. */
  readonly taken: ReadonlySet<string>
  /** Messages of others that this person ever committed as read. */
  readonly read: ReadonlySet<string>
  committed(changes: readonly Change[]): void
  shown(message: StoredMessage): void
  /** The program forgot what it did since: it may show that again, and other rows wait. */
  setBack(shown: ReadonlySet<string>, outbox: Iterable<OutboxRow>): void
  copy(): ReadonlySet<string>
}

export function createWitness(others: () => readonly Witness[]): Witness {
  const taken = new Set<string>()
  const read = new Set<string>()
  let waiting = new Map<string, OutboxRow>()
  const acknowledged = new Set<string>()
  const mine = new Set<string>()
  let seen = new Set<string>()

  const isTaken = ({ proof }: OutboxRow) => others().some((other) => other.taken.has(toHex(proof)))

  /** A message is delivered when it was taken over there, and read when that was kept there. */
  function judge(id: string, state: StoredMessage['state']): void {
    if (state === 'delivered') assert.ok(acknowledged.has(id), 'delivered, and the other never took it')
    const isRead = others().some((other) => other.read.has(id))
    if (state === 'read') assert.ok(isRead, 'read, and the other never kept that they had read it')
  }

  return {
    taken,
    read,
    committed(changes) {
      for (const change of changes) {
        if (change.do === 'add' && change.message.mine) mine.add(change.message.id)
        if (change.do === 'see') taken.add(toHex(change.proof))
        if (change.do === 'enqueue') waiting.set(change.row.envelope, change.row)
        if (change.do === 'dequeue') {
          const row = waiting.get(change.envelope)
          if (row?.message !== undefined && isTaken(row)) acknowledged.add(row.message)
          waiting.delete(change.envelope)
        }
      }
      for (const change of changes) {
        if (change.do !== 'alter' || change.set.state === undefined) continue
        if (mine.has(change.id)) judge(change.id, change.set.state)
        else if (change.set.state === 'read') read.add(change.id)
      }
    },
    shown({ id }) {
      assert.not.ok(seen.has(id), 'a message is shown twice')
      seen.add(id)
    },
    setBack(shown, outbox) {
      seen = new Set(shown)
      waiting = new Map([...outbox].map((row) => [row.envelope, row]))
    },
    copy: () => new Set(seen),
  }
}
