import { messageOf } from '@palabre/sdk'
import type { Job, Row } from './job.ts'
import { tell } from './own-process.ts'

export type FromJob = { readonly job: string; readonly row: Row } | { readonly job: string; readonly failed: string }

/** node job-process.ts <file.bench.ts> <start of a job's name>: runs the jobs of one file, one after the other. */
const [file = '', wanted = ''] = process.argv.slice(2)
const { jobs } = (await import(file)) as { jobs: readonly Job[] }

for (const { name, run } of jobs.filter(({ name }) => name.startsWith(wanted))) {
  try {
    for await (const row of run()) await tell({ job: name, row } satisfies FromJob)
  } catch (error) {
    await tell({ job: name, failed: messageOf(error) } satisfies FromJob)
  }
}
