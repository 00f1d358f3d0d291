import { isPalabreError, toHex, type Turns } from '@palabre/sdk'
import type { Clock } from '@palabre/sdk/contract/clock'
import { addressesAllowed, type Carried, type Envelope, type Recipient } from '@palabre/sdk/contract/route'
import { packed, type Item } from './block.ts'
import type { Deposited } from './deposited.ts'
import type { Depositor } from './depositing.ts'
import { faults } from './faults.ts'
import { readHints, type DepositAddress } from './hints.ts'
import { limits } from './limits.ts'
import type { Places } from './places.ts'

export interface CarryingSources {
  readonly depositor: Depositor
  readonly deposited: Deposited
  readonly clock: Pick<Clock, 'sleep'>
  /** By queue: what is on its way there is not brought twice. */
  readonly inTurn: Turns
  /** Those that we have chosen ourselves. */
  readonly places: Places
}

/**
 * At every mailbox that they have named. One that keeps all of it is enough: the others have a moment more, and what they take later
 * counts when it is asked again.
 */
export async function carry(sources: CarryingSources, envelopes: readonly Envelope[], to: Recipient): Promise<Carried> {
  const addresses = addressesOf(sources, to)
  const kept = new Set<DepositAddress>()
  const reasons: unknown[] = []
  const first = Promise.withResolvers<void>()
  const tries = addresses.map(async (address) => {
    try {
      await sources.inTurn(toHex(address.sender), () => bring(sources, envelopes, address))
      kept.add(address)
      first.resolve()
    } catch (error) {
      reasons.push(error)
    }
  })
  const over = new AbortController()
  const inTime = first.promise.then(() => sources.clock.sleep(limits.others, over.signal)).catch(() => undefined)
  await Promise.race([Promise.all(tries), inTime])
  over.abort()
  if (kept.size === 0) throw worst(reasons)
  return { state: 'stored', at: addresses.filter((address) => kept.has(address)).map(({ relay }) => relay.peer) }
}

/** Where their policy lets us deposit. A mailbox that only they have chosen may be theirs. */
export function addressesOf({ places }: Pick<CarryingSources, 'places'>, { hints, policy }: Recipient): DepositAddress[] {
  if (policy === 'direct-only') throw faults.onlyDirect()
  const all = readHints(hints)
  if (all.length === 0) throw faults.nowhere()
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
