import { utf8 } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Change, Store } from '@palabre/sdk/contract/store'
import { limits } from './limits.ts'

/** Which envelopes lie in which queues, so that trying again does not fill them. */
export interface Deposited {
  /** Whether it was put there less than `within` ago. */
  has(envelope: string, queue: string, within: number): boolean
  keep(envelopes: readonly string[], queue: string): Promise<void>
  forget(envelope: string): Promise<void>
  tidy(): Promise<void>
}

/** When it was put into which queue. */
type Kept = Readonly<Record<string, number>>

const prefix = 'out/'

export async function openDeposited(store: Store, clock: Pick<Clock, 'now'>): Promise<Deposited> {
  const kept = new Map<string, Kept>()
  for (const { key, value } of await store.records('mailbox')) {
    if (key.startsWith(prefix)) kept.set(key.slice(prefix.length), JSON.parse(utf8.decode(value)!) as Kept)
  }
  const remove = async (envelopes: readonly string[]) => {
    if (envelopes.length === 0) return
    for (const envelope of envelopes) kept.delete(envelope)
    await store.commit(envelopes.map((envelope): Change => ({ do: 'remove', kind: 'mailbox', key: prefix + envelope })))
  }
  return {
    has: (envelope, queue, within) => clock.now() - (kept.get(envelope)?.[queue] ?? Number.NEGATIVE_INFINITY) < within,
    async keep(envelopes, queue) {
      const changes = envelopes.map((envelope): Change => {
        const one: Kept = { ...kept.get(envelope), [queue]: clock.now() }
        kept.set(envelope, one)
        return { do: 'put', kind: 'mailbox', key: prefix + envelope, value: utf8.encode(JSON.stringify(one)) }
      })
      await store.commit(changes)
    },
    forget: (envelope) => remove(kept.has(envelope) ? [envelope] : []),
    tidy() {
      const before = clock.now() - limits.deposited
      return remove([...kept].filter(([, one]) => Object.values(one).every((at) => at < before)).map(([envelope]) => envelope))
    },
  }
}
