import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { messageOf } from '@palabre/sdk'
import type { Row } from './job.ts'
import type { FromJob } from './job-process.ts'
import { runAlone } from './own-process.ts'

/** A job that has been run: its rows, and why it went no further if it did not. */
export interface DoneJob {
  readonly name: string
  readonly rows: readonly Row[]
  readonly failed?: string
}

/** Runs the jobs of one `*.bench.ts` whose names begin with `wanted`, in a process of their own; each comes when it is done. */
export async function* runBenchFile(file: string, wanted: string, onBegin: (job: string) => void): AsyncGenerator<DoneJob> {
  let now: { name: string; rows: Row[]; failed?: string } | undefined
  try {
    for await (const message of runAlone<FromJob>(join(import.meta.dirname, 'job-process.ts'), [
      pathToFileURL(file).href,
      wanted,
    ])) {
      if ('begins' in message) {
        if (now !== undefined) yield now
        now = { name: message.begins, rows: [] }
        onBegin(now.name)
      } else if ('row' in message) now!.rows.push(message.row)
      else now!.failed = message.failed
    }
  } catch (error) {
    now = { name: wanted, rows: [], ...now, failed: messageOf(error) }
  }
  if (now !== undefined) yield now
}
