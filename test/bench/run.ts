import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import type { Row } from './job.ts'
import type { FromJob } from './job-process.ts'
import { describeMachine, thisMachine } from './machine.ts'
import { runAlone } from './own-process.ts'
import { tableOf } from './table.ts'
import { judge } from './verdict.ts'

const usage = `npm run bench [-- <name>] [--json]

  name     a bench, or one job of it: kernel, kernel/start
  --json   the table as data

Nothing fails because of a number: the exit code is 1 when a job could not be done, 2 when there is no such bench.`

/** npm run bench: every *.bench.ts in a process of its own, one after the other. */
await main()

async function main(): Promise<void> {
  const options = readArguments()
  if (options === undefined) return
  const machine = thisMachine()
  if (!options.json) console.log(describeMachine(machine))

  const done: ResultRow[] = []
  let failures = 0
  for (const { name, file } of options.files) {
    for await (const { job, rows, failed } of jobsOf(file, options.job)) {
      if (failed !== undefined) failures++
      if (failed !== undefined) console.error(`\n${name}/${job} could not be done: ${failed}`)
      if (!options.json && rows.length > 0) console.log(`\n${tableOf(`${name}/${job}`, rows)}`)
      done.push(...rows.map((row) => resultOf(`${name}/${job}`, row)))
    }
  }
  if (options.json) console.log(JSON.stringify({ machine, rows: done }, undefined, 2))
  else console.log(`\n${summaryOf(done, failures)}`)
  process.exitCode = failures === 0 ? 0 : 1
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
    })
    const [bench = '', job = ''] = (positionals[0] ?? '').split('/')
    const all = globSync('*.bench.ts', { cwd: import.meta.dirname }).map((file) => ({
      name: basename(file, '.bench.ts'),
      file: join(import.meta.dirname, file),
    }))
    const files = all.filter(({ name }) => bench === '' || name === bench)
    if (files.length === 0) throw new Error(`There is no bench "${bench}". There are: ${all.map(({ name }) => name).join(', ')}.`)
    if (!values.help) return { json: values.json, files, job }
    console.log(usage)
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`)
    process.exitCode = 2
  }
  return undefined
}

interface DoneJob {
  readonly job: string
  readonly rows: readonly Row[]
  readonly failed?: string
}

/** The jobs of one file, each when it is done. */
async function* jobsOf(file: string, wanted: string): AsyncGenerator<DoneJob> {
  let current: { job: string; rows: Row[]; failed?: string } | undefined
  for await (const message of runAlone<FromJob>(join(import.meta.dirname, 'job-process.ts'), [pathToFileURL(file).href, wanted])) {
    if ('begins' in message) {
      if (current !== undefined) yield current
      current = { job: message.begins, rows: [] }
    } else if ('row' in message) current!.rows.push(message.row)
    else current!.failed = message.failed
  }
  if (current !== undefined) yield current
}

type ResultRow = ReturnType<typeof resultOf>

function resultOf(job: string, row: Row) {
  return { job, ...row, verdict: judge(row) }
}

function summaryOf(rows: readonly ResultRow[], failures: number): string {
  const judged = rows.filter(({ verdict }) => verdict.met !== undefined)
  const met = judged.filter(({ verdict }) => verdict.met).length
  return `${met} aims met, ${judged.length - met} missed${failures === 0 ? '' : `, ${failures} jobs could not be done`}`
}
