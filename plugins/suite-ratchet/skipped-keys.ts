import { join, number, numberAt, same } from './bytes.ts'

/** The keys of messages of one chain that did not come. Kept as bytes, so that a long list costs nothing while nobody asks. */
export interface SkippedChain {
  readonly headerKey: Uint8Array
  readonly ratchetKey: Uint8Array
  /** One after the other, by growing number: n (4 bytes), when it was left out (4 bytes, seconds), key (32 bytes). */
  readonly keys: Uint8Array
}

export interface SkippedKey {
  readonly n: number
  readonly messageKey: Uint8Array
}

export interface SkippedLimits {
  readonly skippedKept: number
  readonly skippedFor: number
  readonly chains: number
}

export interface FoundKey extends SkippedKey {
  readonly chain: SkippedChain
  readonly at: number
}

export const skippedSize = 40

type Waited = Pick<SkippedChain, 'headerKey' | 'ratchetKey'>

export function findSkipped(
  chains: readonly SkippedChain[],
  { ratchetKey, n }: { readonly ratchetKey: Uint8Array; readonly n: number },
  now: number,
  limits: SkippedLimits,
): FoundKey | undefined {
  const chain = chains.find((one) => same(one.ratchetKey, ratchetKey))
  if (chain === undefined) return undefined
  for (let at = 0; at < chain.keys.length; at += skippedSize) {
    if (numberAt(chain.keys, at, 4) !== n) continue
    if (isOld(chain.keys, at, now, limits)) return undefined
    return { chain, at, n, messageKey: chain.keys.slice(at + 8, at + skippedSize) }
  }
  return undefined
}

export function withoutSkipped(chains: readonly SkippedChain[], { chain, at }: FoundKey): readonly SkippedChain[] {
  const keys = join(chain.keys.subarray(0, at), chain.keys.subarray(at + skippedSize))
  return chains.map((one) => (one === chain ? { ...one, keys } : one)).filter((one) => one.keys.length > 0)
}

/** With those that were just missed. Above a limit the oldest go. */
export function keepSkipped(
  chains: readonly SkippedChain[],
  waited: Waited,
  missed: readonly SkippedKey[],
  now: number,
  limits: SkippedLimits,
): readonly SkippedChain[] {
  if (missed.length === 0) return chains
  const at = number(Math.floor(now / 1000), 4)
  const added = join(...missed.flatMap(({ n, messageKey }) => [number(n, 4), at, messageKey]))
  const known = chains.find((one) => same(one.ratchetKey, waited.ratchetKey))
  const chain = { ...waited, keys: known === undefined ? added : join(known.keys, added) }
  return trimmed([...chains.filter((one) => one !== known), chain].slice(-limits.chains), limits.skippedKept)
}

function trimmed(chains: readonly SkippedChain[], most: number): readonly SkippedChain[] {
  let over = chains.reduce((sum, { keys }) => sum + keys.length, 0) - most * skippedSize
  if (over <= 0) return chains
  return chains.flatMap((chain) => {
    const cut = Math.min(Math.max(over, 0), chain.keys.length)
    over -= cut
    return cut === chain.keys.length ? [] : [{ ...chain, keys: chain.keys.subarray(cut) }]
  })
}

/** Keys of messages that nobody waits for any more are erased, not only refused. */
export function forgetOld(chains: readonly SkippedChain[], now: number, limits: SkippedLimits): readonly SkippedChain[] {
  if (!chains.some(({ keys }) => isOld(keys, 0, now, limits))) return chains
  return chains.flatMap((chain) => {
    let cut = 0
    while (cut < chain.keys.length && isOld(chain.keys, cut, now, limits)) cut += skippedSize
    return cut === chain.keys.length ? [] : [{ ...chain, keys: chain.keys.subarray(cut) }]
  })
}

function isOld(keys: Uint8Array, at: number, now: number, { skippedFor }: SkippedLimits): boolean {
  return numberAt(keys, at + 4, 4) * 1000 + skippedFor < now
}
