import type { StoredMessage } from '@palabre/sdk/contract/store'

/** The part of a conversation that is held: as long as it may be, the rest stays with the kernel. */
export interface Stretch {
  /** In the order of their places. */
  readonly messages: readonly StoredMessage[]
  /** Whether nothing lies before, and after. */
  readonly hasStart: boolean
  readonly hasEnd: boolean
}

/** So many rows are drawn in one go without the page being felt to stop. */
export const pageSize = 16
const most = 160

export const emptyStretch: Stretch = { messages: [], hasStart: true, hasEnd: true }

export function stretchOf(messages: readonly StoredMessage[], hasStart: boolean, hasEnd: boolean): Stretch {
  return { messages, hasStart, hasEnd }
}

/** What grows at one end falls off at the other. */
export function joinOlder({ messages, hasEnd }: Stretch, older: Stretch): Stretch {
  const all = [...older.messages, ...messages]
  return { messages: all.slice(0, most), hasStart: older.hasStart, hasEnd: hasEnd && all.length <= most }
}

export function joinNewer({ messages, hasStart }: Stretch, newer: Stretch): Stretch {
  const all = [...messages, ...newer.messages]
  return { messages: all.slice(-most), hasStart: hasStart && all.length <= most, hasEnd: newer.hasEnd }
}

/** A message that came or changed: one that is held is replaced, a new one joins the end if the end is held. */
export function take(stretch: Stretch, message: StoredMessage): Stretch {
  const { messages, hasEnd } = stretch
  const index = messages.findIndex(({ id }) => id === message.id)
  if (index >= 0) return { ...stretch, messages: messages.with(index, message) }
  const last = messages.at(-1)
  if (!hasEnd || (last !== undefined && message.place <= last.place)) return stretch
  const all = [...messages, message]
  return { messages: all.slice(-most), hasStart: stretch.hasStart && all.length <= most, hasEnd }
}

export function without(stretch: Stretch, id: string): Stretch {
  return { ...stretch, messages: stretch.messages.filter((one) => one.id !== id) }
}
