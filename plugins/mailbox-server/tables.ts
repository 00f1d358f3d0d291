import type { Generated } from 'kysely'

/** Ids and keys are bytes; hours are counted since 1970. */
export interface Tables {
  queue: {
    id: Generated<number>
    recipient: Uint8Array
    sender: Uint8Array
    recipient_key: Uint8Array
    sender_key: Uint8Array
    /** When somebody collected last. */
    used_hour: number
    /** The process that serves who collects, where several share the database. */
    holder: Generated<number | null>
  }
  block: { id: Generated<number>; queue: number; name: Uint8Array; body: Uint8Array; over_hour: number }
  /** Those that are up, where several share the database: each holds the advisory lock of its number for as long as it lives. */
  process: { id: Generated<number> }
}
