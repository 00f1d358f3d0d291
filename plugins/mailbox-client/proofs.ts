import { fromBase64Url, messageOf, toBase64Url, utf8 } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import type { Log } from '@palabre/sdk/contract/log'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import type { Intake } from '@palabre/sdk/contract/route'
import type { Change, Store } from '@palabre/sdk/contract/store'
import { packed, type Item } from './block.ts'
import { addressesOf } from './carrying.ts'
import type { Depositor } from './depositing.ts'
import { limits } from './limits.ts'
import type { Places } from './places.ts'

/** What we collected and kept, told to its author through the author's mailbox: a little later, and many at once. */
export interface Proofs {
  /** Resolves when it is kept; from then on the block may be forgotten. */
  owe(contact: string, envelope: string, proof: Uint8Array): Promise<void>
  /** Tries all that found no way before. */
  again(): void
  /** How many have not left yet. */
  readonly count: number
}

interface ProofSources {
  readonly store: Store
  readonly clock: Clock
  readonly primitives: Pick<Primitives, 'randomBytes'>
  readonly log: Log
  readonly signal: AbortSignal
  readonly depositor: Depositor
  readonly places: Places
  readonly intake: Pick<Intake, 'recipient'>
}

interface Owed {
  readonly proof: Uint8Array
  readonly at: number
}

const prefix = 'proof/'
const keyOf = (contact: string, envelope: string) => `${prefix}${contact}/${envelope}`

export async function openProofs(sources: ProofSources): Promise<Proofs> {
  const { store, clock, primitives, log, signal, depositor, intake } = sources
  const owed = new Map<string, Map<string, Owed>>()
  const underWay = new Set<string>()
  /** How often in a row a contact could not be told. */
  const failures = new Map<string, number>()
  const resting = new Set<string>()

  const put = (contact: string, envelope: string, one: Owed) =>
    void owed.set(contact, (owed.get(contact) ?? new Map<string, Owed>()).set(envelope, one))
  for (const { key, value } of await store.records('mailbox')) {
    if (!key.startsWith(prefix)) continue
    const [contact = '', envelope = ''] = key.slice(prefix.length).split('/')
    const { proof, at } = JSON.parse(utf8.decode(value)!) as { proof: string; at: number }
    put(contact, envelope, { proof: fromBase64Url(proof)!, at })
  }

  const forget = async (contact: string, envelopes: readonly string[]) => {
    const theirs = owed.get(contact)
    for (const envelope of envelopes) theirs?.delete(envelope)
    if (theirs?.size === 0) owed.delete(contact)
    await store.commit(envelopes.map((envelope): Change => ({ do: 'remove', kind: 'mailbox', key: keyOf(contact, envelope) })))
  }

  async function tell(contact: string): Promise<void> {
    const { least, most } = limits.proofDelay
    await clock.sleep(least + ((most - least) * primitives.randomBytes(1)[0]!) / 256, signal)
    const over = [...(owed.get(contact) ?? [])].filter(([, { at }]) => clock.now() - at > limits.proofs).map(([id]) => id)
    if (over.length > 0) await forget(contact, over)
    const to = await intake.recipient(contact, 'mailbox')
    if (to === undefined) return
    const addresses = addressesOf(sources, to)
    const items = [...(owed.get(contact) ?? [])].map(([id, { proof }]): Item => ({ kind: 'proof', id, proof }))
    for (const block of packed(items)) {
      await Promise.any(addresses.map((address) => depositor.deposit(address, block)))
      await forget(
        contact,
        block.map(({ id }) => id),
      )
    }
  }

  const soon = (contact: string) => {
    if (underWay.has(contact) || signal.aborted) return
    underWay.add(contact)
    void tell(contact)
      .catch((error: unknown) => {
        if (!signal.aborted) log.debug('who wrote could not be told yet', { reason: messageOf(error) })
        return true
      })
      .then((failed) => {
        underWay.delete(contact)
        if (failed === true) return void later(contact)
        failures.delete(contact)
        // Those that came while the others were on their way.
        if (owed.has(contact)) soon(contact)
      })
  }

  /** Nobody else may tell us that there is a way again: their mailbox need not be ours. */
  async function later(contact: string): Promise<void> {
    const before = failures.get(contact) ?? 0
    failures.set(contact, before + 1)
    if (resting.has(contact)) return
    resting.add(contact)
    const { first, longest } = limits.proofRetry
    await clock.sleep(Math.min(longest, first * 2 ** before), signal).catch(() => undefined)
    resting.delete(contact)
    if (owed.has(contact)) soon(contact)
  }

  return {
    async owe(contact, envelope, proof) {
      const at = clock.now()
      put(contact, envelope, { proof, at })
      const value = utf8.encode(JSON.stringify({ proof: toBase64Url(proof), at }))
      await store.commit([{ do: 'put', kind: 'mailbox', key: keyOf(contact, envelope), value }])
      soon(contact)
    },
    again: () => [...owed.keys()].forEach(soon),
    get count() {
      return [...owed.values()].reduce((sum, { size }) => sum + size, 0)
    },
  }
}
