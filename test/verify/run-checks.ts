import { outcome, type Check, type Outcome } from './check.ts'

type Print = (line: string) => void

interface Done extends Outcome {
  readonly name: string
  readonly seconds: number
}

/** Runs the checks, so many at once; tells each in its order with its time, then what failed, then the sum. Resolves to how many failed. */
export async function runChecks(checks: readonly Check[], atOnce: number, print: Print = console.log): Promise<number> {
  const done: Done[] = []
  for (const running of startInTurns(checks, atOnce)) {
    const one = await running
    done.push(one)
    print(summary(one))
  }
  for (const { name, failed, details } of done) if (failed > 0) print(`\n${name}\n${details.trimEnd()}`)
  print(`\n${sum(done, 'passed')} passed, ${sum(done, 'failed')} failed`)
  return sum(done, 'failed')
}

/** The promises come in the order of the checks, whichever ends first. */
function startInTurns(checks: readonly Check[], atOnce: number): Promise<Done>[] {
  const promised = checks.map((check) => ({ check, ...Promise.withResolvers<Done>() }))
  const waiting = promised.values()
  const lane = async () => {
    for (const { check, resolve } of waiting) resolve(await timed(check))
  }
  for (let lanes = 0; lanes < atOnce; lanes++) void lane()
  return promised.map(({ promise }) => promise)
}

async function timed(check: Check): Promise<Done> {
  const before = performance.now()
  const result = await check.run().catch((error: unknown) => outcome(false, `could not run: ${String(error)}`))
  return { name: check.name, seconds: (performance.now() - before) / 1000, ...result }
}

function summary({ name, passed, failed, seconds }: Done): string {
  const count = passed + failed > 1 ? `  ${passed} passed, ${failed} failed` : ''
  return `${failed === 0 ? 'ok  ' : 'FAIL'}  ${name.padEnd(24)}${seconds.toFixed(1).padStart(6)} s${count}`
}

const sum = (done: readonly Done[], what: 'passed' | 'failed') => done.reduce((total, one) => total + one[what], 0)
