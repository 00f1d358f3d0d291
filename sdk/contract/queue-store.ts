/** What a mailbox keeps: queues and blocks, and nothing that says whose they are. */
export interface QueueStore {
  /**
   * `known` when the very same queue is there, `taken` when one of its ids is another's, `denied` when this node may have none. `by` is
   * the overlay peer id of who asks, proved by its channel; who keeps for everybody has no use for it.
   */
  create(
    queue: NewQueue,
    now: number,
    by: string,
  ): Promise<{ readonly state: 'made' | 'known'; readonly queue: number } | 'taken' | 'full' | 'denied'>
  /** By the id that this role goes by. Who collects keeps the queue alive. */
  find(role: Role, id: Uint8Array, now: number): Promise<FoundQueue | undefined>
  /** Resolves when it would survive a loss of power. The same block again is `kept` once. */
  deposit(queue: number, block: NamedBlock, now: number): Promise<'kept' | 'full' | 'unknown'>
  /**
   * Somebody collects from this queue here, until it is given back. Of several processes at one database, the one that said so last
   * gets what is in it; when that one gives it back or dies, the next.
   */
  hold(queue: number): Promise<AsyncDisposable>
  /** The names of what is there, the oldest first; none while another process gets it. */
  names(queue: number, now: number): Promise<readonly Uint8Array[]>
  block(queue: number, name: Uint8Array): Promise<Uint8Array | undefined>
  acknowledge(queue: number, names: readonly Uint8Array[]): Promise<void>
  remove(queue: number): Promise<void>
  /** Forgets what is over. */
  sweep(now: number): Promise<void>
  counts(): Promise<{ readonly queues: number; readonly blocks: number }>
  /** There is something new in this queue, from here or from another process at the same database. */
  watch(fn: (news: News) => void): Disposable
  close(): Promise<void>
}

/** A queue, or any. */
export type News = number | 'any'

export type Role = 'recipient' | 'sender'

export interface NewQueue {
  readonly recipient: Uint8Array
  readonly sender: Uint8Array
  readonly recipientKey: Uint8Array
  readonly senderKey: Uint8Array
}

export interface FoundQueue {
  readonly queue: number
  readonly key: Uint8Array
}

export interface NamedBlock {
  readonly name: Uint8Array
  readonly body: Uint8Array
}
