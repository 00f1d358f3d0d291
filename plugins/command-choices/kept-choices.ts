import { PalabreError, text, utf8 } from '@palabre/sdk'
import type { Store } from '@palabre/sdk/contract/store'

/** What was chosen, by name. */
export type Choices = Readonly<Record<string, string>>

export interface KeptChoices {
  now(): Choices
  /** Resolves when it is kept for good. Fails with `too-large` when there are too many. */
  keep(key: string, value: string): Promise<void>
  watch(fn: () => void): Disposable
}

const prefix = 'choice/'
const most = 200

export async function openChoices(store: Store): Promise<KeptChoices> {
  const all = new Map<string, string>()
  for (const { key, value } of await store.records('setting')) {
    if (key.startsWith(prefix)) all.set(key.slice(prefix.length), utf8.decode(value) ?? '')
  }
  const watchers = new Set<() => void>()
  return {
    now: () => Object.fromEntries(all),
    async keep(key, value) {
      if (!all.has(key) && all.size >= most) throw tooMany()
      await store.commit([{ do: 'put', kind: 'setting', key: prefix + key, value: utf8.encode(value) }])
      all.set(key, value)
      for (const fn of watchers) fn()
    },
    watch(fn) {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
  }
}

function tooMany(): PalabreError {
  return new PalabreError('too-large', text(`${most} choices are kept at most`, `${most} choix sont gardés au plus`))
}
