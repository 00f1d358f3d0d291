import type { TestFile } from './find.ts'
import type { Result } from './job.ts'

/** Prints each file as it is done, and the sum at the end. */
export class Report {
  readonly #failedFiles: string[] = []
  #passed = 0
  #failed = 0
  #skipped = 0

  add(result: Result) {
    const { name, passed, failed, skipped, ms, failures, output } = withReasons(result)
    this.#passed += passed
    this.#failed += failed
    this.#skipped += skipped
    const count = failed > 0 ? `${failed} of ${passed + failed} FAILED` : `${passed} passed`
    console.log(`${count.padStart(15)} ${`${Math.round(ms)} ms`.padStart(10)}  ${name}`)
    if (failed > 0) this.#failedFiles.push(name)
    if (failed > 0) console.log(indented([...failures, output].join('\n')))
    else for (const line of output.split('\n').filter(isForEveryone)) console.log(indented(line))
  }

  leftOut(file: TestFile) {
    this.#skipped += 1
    console.log(`SKIPPED: ${file.path} is slow: npm test -- --all runs it`)
  }

  /** Whether all is well. */
  close(pattern: string): boolean {
    if (this.#failedFiles.length > 0) console.log(`\nFailed:\n${indented(this.#failedFiles.join('\n'))}`)
    if (this.#passed + this.#failed === 0) console.log(pattern ? `\nNo test ran: no file matches "${pattern}".` : '\nNo test ran.')
    console.log(`\n${this.#passed} passed, ${this.#failed} failed${this.#skipped > 0 ? `, ${this.#skipped} skipped` : ''}`)
    return this.#failed === 0 && this.#passed > 0
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
