import { seededRandom } from '@palabre/sdk/testkit'

/** A made-up set of plugins: which earlier ones each needs, and the order in which they are registered. */
export interface SyntheticSet {
  readonly needs: readonly (readonly number[])[]
  readonly order: readonly number[]
}

/**
 * - `graph`: each needs one to three of the earlier ones; `chain`: each needs the one before; `wide`: all need the first.
 * - `shuffled`: registered in no order; else providers first.
 */
export type Shape = 'graph' | 'graph, shuffled' | 'chain' | 'wide'

export function syntheticSet(shape: Shape, size: number, seed: number): SyntheticSet {
  const random = seededRandom(seed)
  const some = (i: number) => Array.from({ length: 1 + random.below(3) }, () => random.below(i))
  const needsOf = (i: number) => {
    if (i === 0) return []
    if (shape === 'chain') return [i - 1]
    return shape === 'wide' ? [0] : [...new Set(some(i))]
  }
  const all = Array.from({ length: size }, (_, i) => i)
  const needs = all.map(needsOf)
  return { needs, order: shape === 'graph, shuffled' ? shuffled(all, random.below) : all }
}

/** How many stop with each: all that need it, directly or through others. */
export function dependentCounts({ needs }: SyntheticSet): number[] {
  const dependents = needs.map(() => new Set<number>())
  for (let user = needs.length - 1; user >= 0; user--) {
    for (const provider of needs[user]!) {
      dependents[provider]!.add(user)
      for (const further of dependents[user]!) dependents[provider]!.add(further)
    }
  }
  return dependents.map(({ size }) => size)
}

function shuffled(items: readonly number[], below: (limit: number) => number): number[] {
  const mixed = [...items]
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = below(i + 1)
    ;[mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!]
  }
  return mixed
}
