import { seededRandom } from '@palabre/sdk/testkit'

/**
 * Runs the contestants in turn, so that whatever slows the machine for a while slows them all, and each round in another order: what one
 * leaves behind for the garbage collector is not always paid by the same other. Each returns what it took.
 */
export async function inTurn<Name extends string>(
  rounds: number,
  contestants: Readonly<Record<Name, () => number | Promise<number>>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(contestants) as Name[]
  const took = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  const random = seededRandom(1)
  for (let round = 0; round < rounds; round++) {
    const lots = new Map(names.map((name) => [name, random.next()]))
    for (const name of names.toSorted((a, b) => lots.get(a)! - lots.get(b)!)) took[name].push(await contestants[name]())
  }
  return took
}

export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('nothing was measured')
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
