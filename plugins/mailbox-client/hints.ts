import { fromBase64Url, joinBytes, toBase64Url } from '@palabre/sdk'
import type { RelayPlace } from '@palabre/sdk/contract/relay-link'
import { limits } from './limits.ts'

/** Where and how to deposit for somebody: told to them alone, inside an invite or the encryption. */
export interface DepositAddress {
  readonly relay: RelayPlace
  /** The id that depositors know the queue by. */
  readonly sender: Uint8Array
  /** The seed of the key that may deposit. */
  readonly seed: Uint8Array
  /** X25519, of the queue. */
  readonly seal: Uint8Array
  /** How long a block is kept there, in milliseconds. */
  readonly keeps: number
}

const bounds = { addresses: 8, address: 256 }
const hour = 60 * 60 * 1000

export function hintsOf(addresses: readonly DepositAddress[]): unknown {
  return addresses.map(({ relay, sender, seed, seal, keeps }) => ({
    peer: relay.peer,
    at: relay.addresses,
    queue: toBase64Url(joinBytes(sender, seed, seal)),
    ...(keeps === limits.kept ? {} : { hours: keeps / hour }),
  }))
}

/** From outside: what is broken is left out. */
export function readHints(value: unknown): DepositAddress[] {
  if (!Array.isArray(value)) return []
  return value
    .slice(0, limits.mailboxes)
    .map(readOne)
    .filter((one) => one !== undefined)
}

function readOne(value: unknown): DepositAddress | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { peer, at, queue, hours } = value as Record<string, unknown>
  if (typeof peer !== 'string' || !/^[A-Za-z0-9]{16,128}$/.test(peer) || typeof queue !== 'string' || queue.length > 128)
    return undefined
  const bytes = fromBase64Url(queue)
  const said: unknown[] = Array.isArray(at) ? at.slice(0, bounds.addresses) : []
  const addresses = said.filter((one): one is string => typeof one === 'string' && one.length <= bounds.address)
  if (bytes?.length !== 80 || addresses.length === 0) return undefined
  const keeps = typeof hours === 'number' && hours > 0 ? Math.min(limits.kept, hours * hour) : limits.kept
  return { relay: { peer, addresses }, sender: bytes.slice(0, 16), seed: bytes.slice(16, 48), seal: bytes.slice(48), keeps }
}
