import type { Job } from './job.ts'
import { deposits } from './relay/deposits.ts'

export const jobs: readonly Job[] = [deposits]
