import type { Change } from '@palabre/sdk/contract/store'
import type { OpenDatabase } from './open-database.ts'
import { createMessageWriter } from './write-messages.ts'
import { createQueueWriter } from './write-queues.ts'

/** Applies one change inside a transaction that others open and close. Returns the id of a message that was there already. */
export type ApplyChange = (change: Change) => string | undefined

export function createApplyChange(database: OpenDatabase): ApplyChange {
  const messages = createMessageWriter(database)
  const queues = createQueueWriter(database)
  return (change) => {
    switch (change.do) {
      case 'put':
        return void queues.put(change.kind, change.key, change.value)
      case 'remove':
        return void queues.remove(change.kind, change.key)
      case 'add':
        return messages.add(change.message) ? undefined : change.message.id
      case 'alter':
        messages.alter(change.id, change.set)
        return undefined
      case 'erase':
        messages.erase(change.id)
        return undefined
      case 'enqueue':
        return void queues.enqueue(change.row)
      case 'requeue':
        return void queues.requeue(change.envelope, change.set)
      case 'dequeue':
        return void queues.dequeue(change.envelope)
      case 'see':
        return void queues.see(change.envelope, change.proof, change.at)
      case 'forget-seen':
        return void queues.forgetSeen(change.before)
      case 'clear':
        messages.clear(change.conversation)
        queues.clear(change.conversation)
        return undefined
    }
  }
}

/** Whether old text may still stand in the log that was written before. */
export function leavesTraces(change: Change): boolean {
  return change.do === 'erase' || change.do === 'clear' || (change.do === 'alter' && change.set.text !== undefined)
}
