import { joinBytes } from '@palabre/sdk'
import type { Change, Store } from '@palabre/sdk/contract/store'
import type { Acknowledgement } from '@palabre/sdk/contract/route'
import { decodeBody, type Body } from './body.ts'

/** An open body that cannot be shown yet, and the envelope it came in. */
export interface Held {
  readonly envelope: string
  readonly body: Body
}

/**
 * What came before its turn, or is part of something longer. Kept in the store, since the keys that opened it are gone; at hand, since
 * each arrival asks for it. Nobody is told that it came before it is taken: its author keeps it until then, and brings it again in a
 * new numbering when this one ends early. What is at hand changes before the commit, and is read anew when that fails.
 */
export interface HeldBodies {
  get(contact: string, epoch: number, number: number): Held | undefined
  has(contact: string, envelope: string): boolean
  count(contact: string): number
  /** Of numberings before this one, which its author has given up. */
  before(contact: string, epoch: number): readonly Held[]
  /** What waits for its turn, of everybody. */
  waiting(): readonly { readonly contact: string; readonly epoch: number; readonly number: number; readonly since: number }[]
  /** `bytes` are those of the body. Since when it waits is kept too: the wait does not begin anew with the program. */
  keeping(contact: string, bytes: Uint8Array, held: Held, now: number): Change
  dropping(contact: string, held: Held): Change
  kept(contact: string, held: Held, now: number): void
  dropped(contact: string, held: Held): void
  /** Taken while nobody was there to be told: told with the next that comes. */
  owe(contact: string, taken: readonly Acknowledgement[]): void
  owed(contact: string): readonly Acknowledgement[]
  /** Reads what is kept of one contact. */
  reload(contact: string): Promise<void>
  /** Nothing of theirs is kept any more. */
  forget(contact: string): void
}

interface Waiting extends Held {
  readonly since: number
}

export async function loadHeld(store: Pick<Store, 'records'>): Promise<HeldBodies> {
  const table = new Map<string, Map<string, Waiting>>()
  const owed = new Map<string, readonly Acknowledgement[]>()
  const put = (contact: string, held: Held, since: number) => {
    const theirs = table.get(contact) ?? new Map<string, Waiting>()
    table.set(contact, theirs.set(placeOf(held.body), { ...held, since }))
  }
  const load = async (only?: string) => {
    const records = await store.records('held')
    if (only !== undefined) table.delete(only)
    for (const { key, value } of records) {
      const [, contact, envelope = ''] = /^in\/([^/]+)\/\d+\/\d+\/?([0-9a-f]*)$/.exec(key) ?? []
      if (contact === undefined || (only ?? contact) !== contact) continue
      const { since, bytes } = takenApart(value)
      const body = decodeBody(bytes)
      if (body !== undefined) put(contact, { envelope, body }, since)
    }
  }
  const all = (contact: string): readonly Waiting[] => [...(table.get(contact)?.values() ?? [])]
  await load()

  return {
    reload: (contact) => load(contact),
    forget: (contact) => void (table.delete(contact), owed.delete(contact)),
    get: (contact, epoch, number) => table.get(contact)?.get(placeOf({ epoch, number })),
    has: (contact, envelope) => all(contact).some((one) => one.envelope === envelope),
    count: (contact) => table.get(contact)?.size ?? 0,
    before: (contact, epoch) => all(contact).filter(({ body }) => body.epoch < epoch),
    waiting: () =>
      [...table.keys()].flatMap((contact) =>
        all(contact).map(({ body: { epoch, number }, since }) => ({ contact, epoch, number, since })),
      ),
    keeping: (contact, bytes, held, now) => ({
      do: 'put',
      kind: 'held',
      key: keyOf(contact, held),
      value: putTogether(now, bytes),
    }),
    dropping: (contact, held) => ({ do: 'remove', kind: 'held', key: keyOf(contact, held) }),
    kept: put,
    dropped(contact, { body }) {
      const theirs = table.get(contact)
      theirs?.delete(placeOf(body))
      if (theirs?.size === 0) table.delete(contact)
    },
    owe: (contact, taken) => void owed.set(contact, [...(owed.get(contact) ?? []), ...taken]),
    owed(contact) {
      const taken = owed.get(contact) ?? []
      owed.delete(contact)
      return taken
    },
  }
}

/** since 8 | body */
function putTogether(since: number, bytes: Uint8Array): Uint8Array {
  const head = new Uint8Array(8)
  new DataView(head.buffer).setFloat64(0, since)
  return joinBytes(head, bytes)
}

function takenApart(value: Uint8Array): { readonly since: number; readonly bytes: Uint8Array } {
  return { since: new DataView(value.buffer, value.byteOffset, value.length).getFloat64(0), bytes: value.subarray(8) }
}

const placeOf = ({ epoch, number }: Pick<Body, 'epoch' | 'number'>) => `${epoch}/${number}`

const keyOf = (contact: string, { envelope, body }: Held) => `in/${contact}/${placeOf(body)}/${envelope}`
