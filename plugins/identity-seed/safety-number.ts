import { labels } from '@palabre/sdk/contract/labels'
import type { Primitives } from '@palabre/sdk/contract/primitives'

/**
 * Sixty digits that two people compare: thirty from each side, the smaller half first, so that both read the same. Each half is an
 * iterated hash of one identity, dear enough that a look-alike cannot be searched for.
 */
export function safetyNumber(primitives: Pick<Primitives, 'sha512'>, mine: Uint8Array, theirs: Uint8Array): string {
  return [half(primitives, mine), half(primitives, theirs)].toSorted().join('')
}

const rounds = 5200
const label = new TextEncoder().encode(labels.identity.safetyNumber)

function half({ sha512 }: Pick<Primitives, 'sha512'>, key: Uint8Array): string {
  let hash = join(label, key)
  for (let round = 0; round < rounds; round++) hash = sha512(join(hash, key))
  const view = new DataView(hash.buffer, hash.byteOffset)
  // Five bytes make a number below 2^40; its last five digits are as good as even.
  const group = (at: number) => (view.getUint8(at) * 2 ** 32 + view.getUint32(at + 1)) % 100_000
  return Array.from({ length: 6 }, (_, i) => String(group(i * 5)).padStart(5, '0')).join('')
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const whole = new Uint8Array(a.length + b.length)
  whole.set(a)
  whole.set(b, a.length)
  return whole
}
