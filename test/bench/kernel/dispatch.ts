import { join } from 'node:path'
import type { Job, Row } from '../job.ts'
import { askAlone } from '../own-process.ts'
import { median } from '../rounds.ts'
import type { DispatchTook } from './dispatch-process.ts'

/**
 * A notify hook, called through what `scope.hook` lends and tapped through `scope.tap`, beside direct calls of the same functions.
 * In a new house the engine knows one hook only and inlines all of it; in one that is lived in, hooks of all sizes have taught it
 * that anything may be called anywhere, and each tap is a call that it cannot foresee.
 */
export const dispatch: Job = { name: 'dispatch', run: () => rowsIn('new') }
export const dispatchLivedIn: Job = { name: 'dispatch-lived-in', run: () => rowsIn('lived-in') }

const sizes = [0, 1, 2, 4, 8, 16]

async function* rowsIn(house: 'new' | 'lived-in'): AsyncGenerator<Row> {
  for (const size of sizes) yield await rowOf(house, 'counting', size)
  for (const size of sizes) yield await rowOf(house, 'light', size)
}

/** Beside a direct call that vanishes, any cost is many times as much; what `light` listeners tell is the nanoseconds. */
async function rowOf(house: string, kind: 'counting' | 'light', size: number): Promise<Row> {
  const took = await askAlone<DispatchTook>(join(import.meta.dirname, 'dispatch-process.ts'), [`${size}`, kind, house])
  const emitter = median(took.emitter)
  return {
    what: `${size} ${kind} taps`,
    unit: 'ns',
    ours: took.hook,
    peer: { name: 'direct calls', took: took.direct },
    ...(kind === 'counting' && size > 0 && size <= 8 ? { aim: { of: 'ratio', atMost: 1.3 } } : {}),
    notes: [`EventEmitter: ${emitter.toFixed(1)} ns, ${(emitter / median(took.direct)).toFixed(2)}× of direct calls`],
  }
}
