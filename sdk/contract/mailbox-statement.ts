import { joinBytes, utf8 } from '../bytes.ts'
import { labels } from './labels.ts'

/** What is signed to collect from a queue or to deposit in it: good for one stream of one mailbox, because the nonce is. */
export function claimStatement(nonce: Uint8Array, role: number, id: Uint8Array): Uint8Array {
  return joinBytes(utf8.encode(labels.mailbox.claim), nonce, Uint8Array.of(role), id)
}

export interface QueueNames {
  readonly recipient: Uint8Array
  readonly sender: Uint8Array
  readonly recipientKey: Uint8Array
  readonly senderKey: Uint8Array
}

export function createStatement(nonce: Uint8Array, { recipient, sender, recipientKey, senderKey }: QueueNames): Uint8Array {
  return joinBytes(utf8.encode(labels.mailbox.create), nonce, recipient, sender, recipientKey, senderKey)
}
