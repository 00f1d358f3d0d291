import { join } from 'node:path'
import type { Job, Row } from '../job.ts'
import { askAlone } from '../own-process.ts'
import type { RoundTripTook } from './round-trip-process.ts'

/** A face runs a small command over the loopback socket, beside a socket that only echoes as many bytes. */
export const roundTrip: Job = { name: 'round-trip', run: rows }

async function* rows(): AsyncGenerator<Row> {
  const { run, echo } = await askAlone<RoundTripTook>(join(import.meta.dirname, 'round-trip-process.ts'), [])
  yield {
    what: 'run over the socket',
    unit: 'ms',
    ours: run,
    peer: { name: 'bare ws echo', took: echo },
    aim: { of: 'ours', atMost: 0.24 },
    notes: ['face, kernel and echo share one process and its one thread'],
  }
}
