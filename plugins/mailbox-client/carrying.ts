import { isPalabreError, toHex } from '@palabre/sdk'
import { addressesAllowed, type Carried, type Envelope, type Recipient } from '@palabre/sdk/contract/route'
import { packed, type Item } from './block.ts'
import type { Deposited } from './deposited.ts'
import type { Depositor } from './depositing.ts'
import { faults } from './faults.ts'
import { readHints, type DepositAddress } from './hints.ts'
import type { Places } from './places.ts'

export interface CarryingSources {
  readonly depositor: Depositor
  readonly deposited: Deposited
  /** Those that we have chosen ourselves. */
  readonly places: Places
}

/** At every mailbox that they have named; one that keeps all of it is enough. */
export async function carry(sources: CarryingSources, envelopes: readonly Envelope[], to: Recipient): Promise<Carried> {
  const addresses = addressesOf(sources, to)
  const tries = await Promise.allSettled(addresses.map((address) => bring(sources, envelopes, address)))
  const at = addresses.filter((_, index) => tries[index]!.status === 'fulfilled').map(({ relay }) => relay.peer)
  if (at.length > 0) return { state: 'stored', at }
  throw worst(tries.filter((one) => one.status === 'rejected').map(({ reason }): unknown => reason))
}

/** Where their policy lets us deposit. A mailbox that only they have chosen may be theirs. */
export function addressesOf({ places }: Pick<CarryingSources, 'places'>, { hints, policy }: Recipient): DepositAddress[] {
  const all = readHints(hints)
  if (all.length === 0) throw faults.nowhere()
  if (policy === 'direct-only') throw faults.onlyDirect()
  if (policy === 'direct-allowed') return all
  const chosen = all.flatMap((one): DepositAddress[] => {
    if (places.all().some(({ peer }) => peer === one.relay.peer)) return [one]
    const relayed = addressesAllowed(one.relay.addresses, policy)
    return relayed.length === 0 ? [] : [{ ...one, relay: { ...one.relay, addresses: relayed } }]
  })
  if (chosen.length === 0) throw faults.showsUs()
  return chosen
}

async function bring({ depositor, deposited }: CarryingSources, envelopes: readonly Envelope[], to: DepositAddress): Promise<void> {
  const queue = toHex(to.sender)
  const missing = envelopes.filter(({ id }) => !deposited.has(id, queue, to.keeps))
  for (const items of packed(missing.map(({ id, sealed }): Item => ({ kind: 'envelope', id, sealed })))) {
    await depositor.deposit(to, items)
    await deposited.keep(
      items.map(({ id }) => id),
      queue,
    )
  }
}

/** A full mailbox tells more than one that is out of reach. */
function worst(reasons: readonly unknown[]): unknown {
  return reasons.find((one) => isPalabreError(one) && one.cause === undefined) ?? reasons[0] ?? faults.nowhere()
}
