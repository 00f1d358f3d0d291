import type { StoredMessage } from '@palabre/sdk/contract/store'

/** What a person can do with one message. */
export type MessageAct =
  | 'reply'
  | 'choose'
  | 'react'
  | 'copy'
  | 'edit'
  | 'remove'
  | 'withdraw'
  | 'retry'
  | 'again'
  | 'forget'
  | 'jump'

/** What a key does with the message that has the focus; nothing where a modifier is held, or the message cannot do that. */
export function actOfKey({ key, ctrlKey, altKey, metaKey }: KeyPress, message: StoredMessage): MessageAct | undefined {
  if (ctrlKey || altKey || metaKey) return undefined
  const act = (Object.keys(keyOfAct) as MessageAct[]).find((one) => keyOfAct[one] === key.toUpperCase())
  return act !== undefined && canDo(act, message) ? act : undefined
}

interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
}

export const keyOfAct: Readonly<Partial<Record<MessageAct, string>>> = {
  choose: 'A',
  reply: 'R',
  copy: 'C',
  edit: 'E',
  remove: 'DELETE',
  again: 'S',
  retry: 'T',
}

/** What makes sense for this message now. */
export function canDo(act: MessageAct, { mine, state, deletedAt }: StoredMessage): boolean {
  const isFailed = mine && state === 'failed'
  const isWaiting = mine && (state === 'queued' || state === 'stored')
  switch (act) {
    case 'forget':
      return isFailed
    case 'again':
      return isFailed && deletedAt === undefined
    case 'retry':
    case 'withdraw':
      return isWaiting
    case 'edit':
    case 'remove':
      return mine && !isFailed && deletedAt === undefined
    case 'choose':
    case 'react':
    case 'reply':
    case 'copy':
      return deletedAt === undefined
    case 'jump':
      return true
  }
}
