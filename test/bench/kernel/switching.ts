import { join } from 'node:path'
import type { Job } from '../job.ts'
import { askAlone } from '../own-process.ts'
import type { SwitchingTook } from './switching-process.ts'

/** A plugin that holds one of everything, and two that need it, off and on again ten thousand times. */
export const switching: Job = {
  name: 'switching',
  async *run() {
    const { growth, cycles } = await askAlone<SwitchingTook>(join(import.meta.dirname, 'switching-process.ts'), [], ['--expose-gc'])
    yield { what: 'heap after 10,000 cycles over heap before', unit: 'MB', ours: [growth], aim: { of: 'ours', atMost: 1 } }
    yield { what: 'one cycle', unit: 'ms', ours: cycles }
  },
}
