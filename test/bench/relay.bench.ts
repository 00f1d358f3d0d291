import type { Job } from './job.ts'
import { bothOnline } from './relay/both-online.ts'
import { deposits } from './relay/deposits.ts'

export const jobs: readonly Job[] = [deposits, bothOnline]
