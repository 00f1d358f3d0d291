import { token } from '../token.ts'
import type { ByteStream } from './byte-stream.ts'
import type { Log } from './log.ts'
import type { QueueStore } from './queue-store.ts'

/** Serves those who use a mailbox, whoever keeps its blocks and wherever: what they say on a stream becomes calls of a `QueueStore`. */
export interface MailboxDesk {
  open(store: QueueStore, log: Log): OpenDesk
}

export interface OpenDesk {
  /** Answers one stream until it ends; never rejects. A node that holds too many loses this one. */
  readonly serve: (stream: ByteStream) => Promise<void>
  /** Ends all streams, and resolves when what they asked for is kept. The store stays open. */
  close(): Promise<void>
}

export const MailboxDesk = token<MailboxDesk>('mailbox-desk')
