import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { runBenchFile, type DoneJob } from './bench-file.ts'
import { describeMachine, thisMachine } from './machine.ts'
import { tableOf } from './table.ts'
import { judge } from './verdict.ts'

const usage = `npm run bench [-- <name>] [--json]

  name     a bench, or some jobs of it: kernel, kernel/start
  --json   the table as data

Nothing fails because of a number: the exit code is 1 when a job could not be done, 2 when there is no such bench.`

interface Options {
  readonly json: boolean
  readonly files: readonly BenchFile[]
  /** How the names of the jobs begin. */
  readonly job: string
}

interface BenchFile {
  readonly name: string
  readonly path: string
}

await main()

/** npm run bench: every *.bench.ts in a process of its own, one after the other. */
async function main(): Promise<void> {
  const options = readArguments()
  if (options === undefined) return
  const machine = thisMachine()
  if (!options.json) console.log(describeMachine(machine))

  const done: DoneJob[] = []
  for (const { name, path } of options.files) {
    for await (const job of runBenchFile(path, options.job, (began) => console.error(`\nmeasuring ${name}/${began} …`))) {
      const named = { ...job, name: `${name}/${job.name}` }
      if (!options.json && job.rows.length > 0) console.log(tableOf(named.name, job.rows))
      if (job.failed !== undefined) console.error(`${named.name} could not be done: ${job.failed}`)
      done.push(named)
    }
  }
  if (done.length === 0) return refuse(`No job there begins with "${options.job}".`)
  console.log(options.json ? JSON.stringify({ machine, jobs: done.map(judged) }, undefined, 2) : `\n${summaryOf(done)}`)
  process.exitCode = done.some(({ failed }) => failed !== undefined) ? 1 : 0
}

function readArguments(): Options | undefined {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
    })
    const [bench = '', job = ''] = (positionals[0] ?? '').split('/')
    const all = benchFiles()
    const files = all.filter(({ name }) => bench === '' || name === bench)
    if (files.length === 0) throw new Error(`There is no bench "${bench}". There are: ${all.map(({ name }) => name).join(', ')}.`)
    if (!values.help) return { json: values.json, files, job }
    console.log(usage)
  } catch (error) {
    refuse((error as Error).message)
  }
  return undefined
}

function benchFiles(): BenchFile[] {
  const files = globSync('*.bench.ts', { cwd: import.meta.dirname }).toSorted()
  return files.map((file) => ({ name: basename(file, '.bench.ts'), path: join(import.meta.dirname, file) }))
}

function refuse(why: string): void {
  console.error(`${why}\n\n${usage}`)
  process.exitCode = 2
}

function judged(job: DoneJob) {
  return { ...job, rows: job.rows.map((row) => ({ ...row, verdict: judge(row) })) }
}

function summaryOf(done: readonly DoneJob[]): string {
  const verdicts = done.flatMap(({ rows }) => rows.map((row) => judge(row).met)).filter((met) => met !== undefined)
  const failed = done.filter((job) => job.failed !== undefined).length
  const met = verdicts.filter((met) => met).length
  return `${met} aims met, ${verdicts.length - met} missed${failed === 0 ? '' : `, ${failed} jobs could not be done`}`
}
