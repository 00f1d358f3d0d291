import { utf8 } from '@palabre/sdk'
import type { Change, Store } from '@palabre/sdk/contract/store'

/** What is set for one conversation. */
export async function fuseOf(store: Pick<Store, 'record'>, conversation: string): Promise<number | undefined> {
  const kept = await store.record('setting', keyOf(conversation))
  const fuse = kept === undefined ? Number.NaN : Number(utf8.decode(kept))
  return Number.isSafeInteger(fuse) ? fuse : undefined
}

export function settingFuse(conversation: string, fuse: number | undefined): Change {
  return fuse === undefined
    ? { do: 'remove', kind: 'setting', key: keyOf(conversation) }
    : { do: 'put', kind: 'setting', key: keyOf(conversation), value: utf8.encode(String(fuse)) }
}

const keyOf = (conversation: string) => `fuse/${conversation}`

export async function tellsReading(store: Pick<Store, 'record'>): Promise<boolean> {
  return (await store.record('setting', 'receipts')) === undefined
}

/** On unless it was switched off. */
export function settingReceipts(on: boolean): Change {
  return on
    ? { do: 'remove', kind: 'setting', key: 'receipts' }
    : { do: 'put', kind: 'setting', key: 'receipts', value: utf8.encode('off') }
}
