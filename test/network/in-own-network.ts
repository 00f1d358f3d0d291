import { test } from 'uvu'
import { isInside, proveInside } from '../story/in-namespace.ts'

/** Runs the tests of a file where no packet leaves: anew, in a network namespace of its own. */
export function inOwnNetwork(file: string, register: () => void): void {
  if (!isInside) return proveInside(file)
  register()
  // Threads of native libraries outlive what was closed. A turn later, the result has been told.
  test.after(() => void setImmediate(() => process.exit()))
  test.run()
}
