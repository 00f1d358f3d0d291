import type { Job } from './job.ts'
import { bundle } from './kernel/bundle.ts'
import { coldStart } from './kernel/cold-start.ts'
import { dispatch, dispatchLivedIn } from './kernel/dispatch.ts'
import { disable, start } from './kernel/start.ts'
import { switching } from './kernel/switching.ts'

export const jobs: readonly Job[] = [dispatch, dispatchLivedIn, start, disable, switching, bundle, coldStart]
