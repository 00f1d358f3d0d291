import type { Job } from './job.ts'
import { roads } from './network/roads.ts'

export const jobs: readonly Job[] = roads
