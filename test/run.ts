// npm test: every *.test.ts beside the code and every story in test/, with uvu, in a few processes.
import { parseArgs } from 'node:util'
import { dirname, resolve } from 'node:path'
import { availableParallelism } from 'node:os'
import { planJobs, type Job } from './runner/jobs.ts'
import { runJob } from './runner/job.ts'
import { findTests } from './runner/find.ts'
import { Report } from './runner/report.ts'

/** More of them at once are not bad luck. */
const luckyAtMost = 3

const usage = `npm test -- [--all] [--again] [pattern]

  pattern   only the files whose path contains it
  --all     the stories marked slow too
  --again   up to ${luckyAtMost} files that failed run once more, alone; what passes then is named as unsteady

A test says that it cannot run here with test.skip and a printed line "SKIPPED: why". What it measures, it prints as
"MEASURED: …"; other output is shown when its file fails. A first line "// limit: 300 s" gives a file more than four
minutes, "// slow" (or "// slow, limit: 300 s") keeps it for --all.`

await main()

async function main() {
  const options = readArguments()
  if (!options) return
  const { root, all, again, pattern } = options
  const report = new Report()
  const run = (job: Job) => runJob(root, job, (result) => report.add(result, job))
  const tests = findTests(root).filter((file) => file.path.includes(pattern))
  for (const file of tests.filter((test) => test.slow && !all)) report.leftOut(file)
  await inLanes(
    planJobs(
      tests.filter((test) => !test.slow || all),
      root,
    ),
    run,
  )
  const failed = again ? report.failed() : []
  if (failed.length <= luckyAtMost) for (const job of failed) await run(job)
  process.exitCode = report.close(pattern) ? 0 : 1
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { all: { type: 'boolean' }, again: { type: 'boolean' }, help: { type: 'boolean' }, root: { type: 'string' } },
    })
    if (positionals.length > 1) throw new Error('One pattern at a time.')
    if (!values.help)
      return {
        root: resolve(values.root ?? dirname(import.meta.dirname)),
        all: values.all === true,
        again: values.again === true,
        pattern: positionals[0] ?? '',
      }
    console.log(usage)
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`)
    process.exitCode = 2
  }
  return undefined
}

async function inLanes(jobs: Job[], run: (job: Job) => Promise<void>) {
  const waiting = [...jobs]
  const lane = async () => {
    for (let job = waiting.shift(); job; job = waiting.shift()) await run(job)
  }
  await Promise.all([lane(), availableParallelism() > 1 ? lane() : undefined])
}
