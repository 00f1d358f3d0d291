import { decideHook, notifyHook } from '../hook.ts'
import type { Text } from '../text.ts'
import type { Draft } from './messenger.ts'
import type { StoredMessage } from './store.ts'

/**
 * The moments at which others may look at messages. Two families with a permission each: *content* shows plaintext, *envelope* what
 * anybody on the way sees. A plugin that stands at one family learns nothing of the other.
 */

/** Content: before a draft is sealed. The first reason given refuses it, and so does a tap that throws. */
export const filterHook = decideHook<[draft: Draft, conversation: string], Text>('content-filter', { onThrow: 'stop' })

/** Content: after a message of somebody's was opened and kept. */
export const showHook = notifyHook<[message: StoredMessage]>('content-show')

/** Envelope: before it is handed to a road. */
export const routeHook = notifyHook<[envelope: EnvelopeSeen]>('envelope-route')

export interface EnvelopeSeen {
  readonly id: string
  readonly bytes: number
  readonly route: string
}
