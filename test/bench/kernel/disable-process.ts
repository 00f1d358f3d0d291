import { tell } from '../own-process.ts'
import { inTurn } from '../rounds.ts'
import { startLumino } from './lumino-set.ts'
import { nameOf, startOurs } from './our-set.ts'
import { dependentCounts, syntheticSet, type Shape } from './synthetic-plugins.ts'

/** Milliseconds to stop one plugin and all that need it, round by round. */
export interface DisableTook {
  readonly ours: number[]
  readonly lumino: number[]
}

/** node --expose-gc disable-process.ts <shape> <size> <seed> <dependents> <rounds> */
const [shape, size, seed, dependents, rounds] = process.argv.slice(2)
const set = syntheticSet(shape as Shape, Number(size), Number(seed))
const chosen = dependentCounts(set).indexOf(Number(dependents))
if (chosen === -1) throw new Error(`no plugin of seed ${seed} has ${dependents} dependents`)

async function ours(): Promise<number> {
  const { kernel } = await startOurs(set)
  gc!()
  const began = performance.now()
  await kernel.plugins.disable(nameOf(chosen))
  const took = performance.now() - began
  mustHaveStopped(kernel.plugins.list().filter(({ state }) => state !== 'running').length)
  await kernel.stop()
  return took
}

async function lumino(): Promise<number> {
  const { registry } = await startLumino(set)
  gc!()
  const began = performance.now()
  await registry.deactivatePlugin(nameOf(chosen))
  const took = performance.now() - began
  mustHaveStopped(set.order.filter((i) => !registry.isPluginActivated(nameOf(i))).length)
  return took
}

function mustHaveStopped(count: number): void {
  if (count !== Number(dependents) + 1) throw new Error(`${count} stopped, and ${dependents} depend on one`)
}

await inTurn(2, { ours, lumino })
const took: DisableTook = await inTurn(Number(rounds), { ours, lumino })
await tell(took)
