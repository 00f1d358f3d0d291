import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { isInside, runInNamespace, whyNoNamespace } from '../story/in-namespace.ts'

/** Runs the tests of a file where no packet leaves: anew, in a network namespace of its own. */
export function inOwnNetwork(file: string, register: () => void): void {
  if (isInside) {
    register()
    // Threads of native libraries outlive what was closed. A turn later, the result has been told.
    test.after(() => void setImmediate(() => process.exit()))
  } else {
    const name = 'its tests pass in a network of their own'
    const missing = whyNoNamespace()
    if (missing !== undefined) console.log(`SKIPPED: ${name}: ${missing}`)
    const prove = missing === undefined ? test : test.skip
    prove(name, () => {
      const { code, said } = runInNamespace(file, 280_000)
      assert.is(code, 0, said)
      // The first of them may stand behind a dot of the report.
      console.log(['', ...(said.match(/MEASURED: .*/g) ?? [])].join('\n'))
    })
  }
  test.run()
}
