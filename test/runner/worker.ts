// Runs test files one after the other in this process: node worker.ts <ends alone: yes|no> <file>…
//
// uvu alone would count as passed what never ran: a file whose event loop runs empty, one that registers nothing, a hook that throws,
// a test that throws what is not an Error. So we take uvu's queue, run it ourselves, and expect every registered test to report.
import { pathToFileURL } from 'node:url'
import { encodeMessage, type Message, type Tally } from './message.ts'

type Suite = () => Promise<[errors: string | true, passed: number, skipped: number, total: number]>

const uvuGlobals = globalThis as unknown as { UVU_DEFER: number; UVU_QUEUE: Suite[][] }
const graceMs = 2000

uvuGlobals.UVU_DEFER = 1 // before uvu is loaded: it would start by itself
const { test } = await import('uvu')

const write = process.stdout.write.bind(process.stdout)
const tell = (message: Message) => write(encodeMessage(message))
const hookErrors: unknown[] = []

await main()

async function main() {
  const [endsAlone, ...files] = process.argv.slice(2)
  const drained = () => tell({ kind: 'drained' })
  dropDots()
  keepHookErrors()
  process.on('beforeExit', drained)
  for (const file of files) {
    tell({ kind: 'begin' })
    tell({ kind: 'end', tally: await tallyOf(file) })
    // A host freezes what all objects inherit, for good; the files after it must not find it so, or not, by the order in which they run.
    if (Object.isFrozen(Object.prototype)) break
  }
  process.off('beforeExit', drained)
  process.exitCode = 0 // whatever code under test made of it
  if (endsAlone !== 'yes') process.exit()
  setTimeout(stillOpen, graceMs).unref()
}

async function tallyOf(file: string): Promise<Tally> {
  const begun = performance.now()
  const sum = { passed: 0, failed: 0, skipped: 0, failures: [] as string[] }
  const fail = (failure: string, count = 1) => {
    sum.failed += count
    sum.failures.push(failure)
  }
  try {
    for (const suite of await suitesOf(file)) {
      const [errors, passed, skipped, total] = await suite()
      sum.passed += passed
      sum.skipped += skipped
      if (total > passed) fail(errors === true ? neverRan(total - passed) : errors, total - passed)
    }
    if (sum.passed + sum.failed + sum.skipped === 0) fail('It registers no test. Is test.run() missing at its end?')
  } catch (error) {
    fail(textOf(error))
  }
  await new Promise((done) => setImmediate(done)) // so that a rejection nobody handles ends the process in this file's time
  return { ...sum, ms: performance.now() - begun }
}

async function suitesOf(file: string): Promise<Suite[]> {
  const queue: Suite[] = []
  uvuGlobals.UVU_QUEUE = [queue]
  hookErrors.length = 0
  test.before.each(({ __test__ }) => void tell({ kind: 'test', name: __test__ }))
  try {
    await import(pathToFileURL(file).href)
  } finally {
    uvuGlobals.UVU_QUEUE = [[]]
    test.run() // tests that the file registered without running them must not run with the next file
  }
  return queue
}

/** uvu swallows what hooks throw. */
function keepHookErrors() {
  type Register = typeof test.before.each
  const keeping =
    (register: Register): Register =>
    (hook) =>
      register(async (context) => {
        try {
          await hook(context)
        } catch (error) {
          hookErrors.push(error)
          throw error
        }
      })
  for (const key of ['before', 'after'] as const) test[key] = Object.assign(keeping(test[key]), { each: keeping(test[key].each) })
}

/** uvu's progress; our runner has its own. */
function dropDots() {
  const isDot = (chunk: unknown) => chunk === '• ' || chunk === '✘ ' || /^ {2}\(\d+ \/ \d+\)\n$/.test(String(chunk))
  process.stdout.write = ((chunk: string, ...rest: []) => isDot(chunk) || write(chunk, ...rest)) as typeof process.stdout.write
}

function neverRan(count: number): string {
  const causes = hookErrors.map(textOf)
  return `${count} of its tests did not come to an end: ${causes.join('\n') || 'one threw something that is not an Error.'}`
}

function stillOpen() {
  const resources = process.getActiveResourcesInfo().filter((resource) => resource !== 'PipeWrap') // our own output
  tell({ kind: 'open', resources: resources.length > 0 ? resources : ['PipeWrap'] })
  process.exit()
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : `It threw ${String(error)}, which is not an Error.`
}
