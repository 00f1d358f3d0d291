import { messageOf } from '@palabre/sdk'
import type { Job, Row } from './job.ts'
import { tell } from './own-process.ts'

/** Each job says that it begins, then its rows, then that it failed, if it did. */
export type FromJob = { readonly begins: string } | { readonly row: Row } | { readonly failed: string }

/** node job-process.ts <file.bench.ts> <start of a job's name>: runs the jobs of one file, one after the other. */
const [file = '', wanted = ''] = process.argv.slice(2)
const { jobs } = (await import(file)) as { jobs: readonly Job[] }

for (const { name, run } of jobs.filter(({ name }) => name.startsWith(wanted))) {
  await tell({ begins: name } satisfies FromJob)
  try {
    for await (const row of run()) await tell({ row } satisfies FromJob)
  } catch (error) {
    await tell({ failed: messageOf(error) } satisfies FromJob)
  }
}
