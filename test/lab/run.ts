// npm run lab: networks made of namespaces on this machine, with NATs, faults and real processes, which nothing leaves.
import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { findTests } from '../runner/find.ts'
import { runJob } from '../runner/job.ts'
import { Report } from '../runner/report.ts'
import { isInside, runInside, whyNot } from './inside.ts'

const usage = `npm run lab -- [pattern]

  pattern   only the scenes whose path contains it

Needs Linux, ip (iproute2), nft (nftables), unshare, and root or user namespaces.`

await main()

async function main() {
  const pattern = readPattern()
  if (pattern === undefined) return
  if (isInside()) return runScenes(pattern)
  const reason = whyNot()
  if (reason === undefined) process.exitCode = await runInside(import.meta.filename, pattern)
  else console.log(`SKIPPED: the network lab: ${reason}\n\n0 passed, 0 failed, 1 skipped`)
}

/** One after the other: what they measure is time. */
async function runScenes(pattern: string) {
  const root = dirname(dirname(import.meta.dirname))
  const report = new Report()
  console.log(`The lab, on ${availableParallelism()} cores\n`)
  for (const file of findTests(root, ['test/lab/**/*.lab.ts']).filter(({ path }) => path.includes(pattern))) {
    const job = { files: [file], flags: [], remark: '', endsAlone: true }
    await runJob(root, job, (result) => report.add(result, job))
  }
  process.exitCode = report.close(pattern) ? 0 : 1
}

function readPattern(): string | undefined {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { help: { type: 'boolean' } } })
    if (positionals.length > 1) throw new Error('One pattern at a time.')
    if (!values.help) return positionals[0] ?? ''
    console.log(usage)
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`)
    process.exitCode = 2
  }
  return undefined
}
