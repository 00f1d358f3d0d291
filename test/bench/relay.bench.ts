import type { Job } from './job.ts'
import { blocks } from './relay/blocks.ts'
import { bothOnline } from './relay/both-online.ts'
import { passing } from './relay/passing.ts'
import { starting } from './relay/starting.ts'

export const jobs: readonly Job[] = [...blocks, bothOnline, passing, starting]
