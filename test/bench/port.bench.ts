import { join } from 'node:path'
import type { Job } from './job.ts'
import { askAlone } from './own-process.ts'
import type { RoundTripTook } from './port/round-trip-process.ts'

/** A small command run by a face over the desktop's socket, beside a bare WebSocket echo of as many bytes. */
const roundTrip: Job = {
  name: 'round-trip',
  async *run() {
    const { run, echo } = await askAlone<RoundTripTook>(join(import.meta.dirname, 'port', 'round-trip-process.ts'), [])
    yield { what: 'a small command and its answer', unit: 'ms', ours: run, peer: { name: 'bare ws echo', took: echo } }
  },
}

export const jobs: readonly Job[] = [roundTrip]
