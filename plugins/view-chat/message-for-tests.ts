import type { StoredMessage } from '@palabre/sdk/contract/store'

/** A message with nothing special about it but what is named. */
export function testMessage(place: number, part: Partial<StoredMessage> = {}): StoredMessage {
  return {
    id: place.toString(16).padStart(32, '0'),
    conversation: 'pal1them',
    author: 'pal1them',
    mine: false,
    kind: 'text',
    text: `message ${place}`,
    sentAt: Date.UTC(2026, 5, 1, 12, 0, place),
    receivedAt: 0,
    state: 'received',
    place,
    reactions: {},
    ...part,
  }
}
