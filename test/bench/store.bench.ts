import type { Job } from './job.ts'
import { large } from './store/large.ts'
import { writing } from './store/writing.ts'

export const jobs: readonly Job[] = [writing, large]
