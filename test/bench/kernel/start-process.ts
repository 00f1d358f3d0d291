import { tell } from '../own-process.ts'
import { inTurn } from '../rounds.ts'
import { startLumino } from './lumino-set.ts'
import { startOurs, type StartSplit } from './our-set.ts'
import { syntheticSet, type Shape } from './synthetic-plugins.ts'

/** What one process measured: the first start of each, then more of them; `first` says who began. */
export interface StartTook {
  readonly cold: { readonly ours: number; readonly lumino: number }
  readonly warm: { readonly ours: number[]; readonly lumino: number[] }
  readonly coldSplit: StartSplit
  readonly warmSplits: readonly StartSplit[]
}

/** node --expose-gc start-process.ts <shape> <size> <seed> <who begins: ours|lumino> <rounds> */
const [shape, size, seed, first, rounds] = process.argv.slice(2)
const set = syntheticSet(shape as Shape, Number(size), Number(seed))
const splits: StartSplit[] = []

const ours = async () => {
  gc!()
  const { kernel, split } = await startOurs(set)
  await kernel.stop()
  splits.push(split)
  return Object.values(split).reduce((sum, part) => sum + part, 0)
}
const lumino = async () => {
  gc!()
  return (await startLumino(set)).took
}

const contestants = first === 'ours' ? { ours, lumino } : { lumino, ours }
const cold = await inTurn(1, contestants)
await inTurn(4, contestants)
const warm = await inTurn(Number(rounds), contestants)
const took: StartTook = {
  cold: { ours: cold.ours[0]!, lumino: cold.lumino[0]! },
  warm,
  coldSplit: splits[0]!,
  warmSplits: splits.slice(-Number(rounds)),
}
await tell(took)
