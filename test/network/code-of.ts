import { isPalabreError, type Code } from '@palabre/sdk'
import * as assert from 'uvu/assert'

/** The code with which something failed; `undefined` when it did not. */
export async function codeOf(run: Promise<unknown>): Promise<Code | undefined> {
  try {
    await run
  } catch (error) {
    assert.ok(isPalabreError(error), String(error))
    return error.code
  }
  return undefined
}
