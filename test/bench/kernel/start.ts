import { join } from 'node:path'
import type { Job, Row } from '../job.ts'
import { askAlone } from '../own-process.ts'
import { median } from '../rounds.ts'
import type { DisableTook } from './disable-process.ts'
import type { StartSplit } from './our-set.ts'
import type { StartTook } from './start-process.ts'
import type { Shape } from './synthetic-plugins.ts'

/**
 * Lumino looks for cycles along every path and remembers none of them, so with many paths it never ends. With this seed the graph
 * has some 460,000, half of all seeds give more, and one plugin has exactly 959 dependents.
 */
const set = { size: 1000, seed: 144 }
const processes = 5
const roundsInEach = 5

/** 1,000 plugins, from nothing to all running: made, registered, checked, started. */
export const start: Job = {
  name: 'start',
  async *run() {
    for (const shape of ['graph', 'graph, shuffled', 'chain', 'wide'] satisfies Shape[]) yield* startRows(shape)
  },
}

/** One plugin and its dependents stop, last users first. */
export const disable: Job = {
  name: 'disable',
  async *run() {
    yield await disableRow('chain', 959, 5)
    yield await disableRow('graph', 959, 9)
    yield await disableRow('graph, shuffled', 959, 9)
    yield await disableRow('wide', 999, 9)
  },
}

async function* startRows(shape: Shape): AsyncGenerator<Row> {
  const took: StartTook[] = []
  for (let i = 0; i < processes; i++) {
    const args = [shape, `${set.size}`, `${set.seed}`, i % 2 === 0 ? 'ours' : 'lumino', `${roundsInEach}`]
    took.push(await askAlone<StartTook>(join(import.meta.dirname, 'start-process.ts'), args, ['--expose-gc']))
  }
  const rows = { unit: 'ms', aim: { of: 'ratio', atMost: 1 } } as const
  yield {
    what: `${shape}: first start of a process`,
    ...rows,
    ours: took.map(({ cold }) => cold.ours),
    peer: { name: 'Lumino', took: took.map(({ cold }) => cold.lumino) },
    notes: [describeSplit(took.map(({ coldSplit }) => coldSplit))],
  }
  yield {
    what: `${shape}: warm`,
    ...rows,
    ours: took.flatMap(({ warm }) => warm.ours),
    peer: { name: 'Lumino', took: took.flatMap(({ warm }) => warm.lumino) },
    notes: [describeSplit(took.flatMap(({ warmSplits }) => warmSplits))],
  }
}

function describeSplit(splits: readonly StartSplit[]): string {
  const part = (of: keyof StartSplit) => median(splits.map((split) => split[of])).toFixed(1)
  return `made ${part('describe')}, plugins.json ${part('settings')}, manifests and configs checked ${part('check')}, planned ${part('plan')}, started ${part('start')}`
}

async function disableRow(shape: Shape, dependents: number, rounds: number): Promise<Row> {
  const args = [shape, `${set.size}`, `${set.seed}`, `${dependents}`, `${rounds}`]
  const { ours, lumino } = await askAlone<DisableTook>(join(import.meta.dirname, 'disable-process.ts'), args, ['--expose-gc'])
  const aim = { of: 'ratio', atMost: 0.02 } as const
  return { what: `${shape}: ${dependents} dependents`, unit: 'ms', ours, peer: { name: 'Lumino', took: lumino }, aim }
}
