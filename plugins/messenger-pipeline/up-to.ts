import type { Store, StoredMessage } from '@palabre/sdk/contract/store'

const page = 500

/** Up to this one and with it, the oldest first: those that fit, page by page back to one that holds none. */
export async function messagesUpTo(
  store: Pick<Store, 'messages'>,
  last: StoredMessage,
  fits: (message: StoredMessage) => boolean,
): Promise<readonly StoredMessage[]> {
  const found: StoredMessage[] = []
  for (let before = last.place + 1; ;) {
    const messages = await store.messages(last.conversation, { before, limit: page })
    const fresh = messages.filter(fits)
    found.unshift(...fresh)
    if (fresh.length === 0 || messages.length < page) return found
    before = messages[0]!.place
  }
}
