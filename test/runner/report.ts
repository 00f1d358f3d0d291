import type { TestFile } from './find.ts'
import type { Result } from './job.ts'
import type { Job } from './jobs.ts'

/** Prints each file as it is done, and the sum at the end. */
export class Report {
  readonly #results = new Map<string, Result>()
  readonly #failed = new Map<string, Job>()
  readonly #unsteady: string[] = []
  #leftOut = 0

  /** Of a file that has run before, the last result counts. */
  add(from: Result, job: Job) {
    const result = withReasons(from)
    const { name, passed, failed, ms, failures, output } = result
    const count = failed > 0 ? `${failed} of ${passed + failed} FAILED` : `${passed} passed`
    console.log(`${count.padStart(15)} ${`${Math.round(ms)} ms`.padStart(10)}  ${name}`)
    if (failed > 0) console.log(indented([...failures, output].join('\n')))
    else for (const line of output.split('\n').filter(isForEveryone)) console.log(indented(line))
    if (failed === 0 && this.#failed.delete(name)) this.#unsteady.push(name)
    if (failed > 0) this.#failed.set(name, job)
    this.#results.set(name, result)
  }

  /** For each file that failed, what runs it alone. */
  failed(): Job[] {
    return [...this.#failed].map(([name, job]) => ({ ...job, files: job.files.filter(({ path }) => name === path + job.remark) }))
  }

  leftOut(file: TestFile) {
    this.#leftOut += 1
    console.log(`SKIPPED: ${file.path} is slow: npm test -- --all runs it`)
  }

  /** Whether all is well. */
  close(pattern: string): boolean {
    const [passed, failed, skipped] = this.#sums()
    if (this.#failed.size > 0) console.log(`\nFailed:\n${indented([...this.#failed.keys()].join('\n'))}`)
    if (this.#unsteady.length > 0) console.log(`\nUNSTEADY, a race to be found:\n${indented(this.#unsteady.join('\n'))}`)
    if (passed + failed === 0) console.log(pattern ? `\nNo test ran: no file matches "${pattern}".` : '\nNo test ran.')
    console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
    return failed === 0 && passed > 0
  }

  #sums() {
    const sum = (count: (result: Result) => number) => this.#results.values().reduce((total, result) => total + count(result), 0)
    return [sum(({ passed }) => passed), sum(({ failed }) => failed), sum(({ skipped }) => skipped) + this.#leftOut] as const
  }
}

/** A skipped test must say why; a forgotten test.only skips the others without a word. */
function withReasons(result: Result): Result {
  const reasons = result.output.match(/^SKIPPED: ./gm)?.length ?? 0
  if (result.skipped <= reasons) return result
  const failure = `tests skipped: ${result.skipped}, reasons given: ${reasons}; print "SKIPPED: why" for each, or remove test.only.`
  return { ...result, failed: result.failed + 1, failures: [...result.failures, failure] }
}

const isForEveryone = (line: string) => /^(SKIPPED|MEASURED): /.test(line)

function indented(text: string): string {
  return text.trim().replace(/^(?=.)/gm, '    ')
}
