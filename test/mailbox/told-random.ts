import { testSeed, seededRandom, type SeededRandom } from '@palabre/sdk/testkit'

/** By a fresh seed, which is printed. */
export function toldRandom(): SeededRandom {
  const random = seededRandom(testSeed())
  console.log(`seed ${random.seed}`)
  return random
}
