import type { Job } from './job.ts'
import { roundTrip } from './port/round-trip.ts'

export const jobs: readonly Job[] = [roundTrip]
