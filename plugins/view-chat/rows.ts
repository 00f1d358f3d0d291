import type { StoredMessage } from '@palabre/sdk/contract/store'

/** A line of the conversation as it is shown. */
export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'unread'; readonly key: string }
  | { readonly kind: 'notice'; readonly key: string; readonly message: StoredMessage }
  /** `isFirst` and `isLast` of a group by the same author. */
  | {
      readonly kind: 'message'
      readonly key: string
      readonly message: StoredMessage
      readonly isFirst: boolean
      readonly isLast: boolean
    }

const groupMs = 5 * 60_000

export function rowsOf(messages: readonly StoredMessage[], unreadFrom: number | undefined): readonly Row[] {
  return messages.flatMap((message, index) => {
    const before = messages[index - 1]
    const after = messages[index + 1]
    const isNewDay = before === undefined || !isSameDay(before.sentAt, message.sentAt)
    const isUnread = message.place === unreadFrom
    const rows: Row[] = []
    if (isNewDay) rows.push({ kind: 'day', key: `day-${message.id}`, at: message.sentAt })
    if (isUnread) rows.push({ kind: 'unread', key: 'unread' })
    const { id: key } = message
    if (message.kind === 'notice') return [...rows, { kind: 'notice', key, message }]
    const isFirst = isNewDay || isUnread || !belong(before, message)
    const isLast = after === undefined || after.place === unreadFrom || !belong(message, after)
    return [...rows, { kind: 'message', key, message, isFirst, isLast }]
  })
}

function belong(one: StoredMessage, next: StoredMessage): boolean {
  const together = one.kind === 'text' && next.kind === 'text' && one.author === next.author
  return together && isSameDay(one.sentAt, next.sentAt) && next.sentAt - one.sentAt < groupMs
}

function isSameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString()
}
