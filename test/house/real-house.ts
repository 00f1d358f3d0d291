import * as assert from 'uvu/assert'
import { theHouse } from './read-house.ts'
import { describeViolation, type Rule } from './violation.ts'

/** The rule looks at this repository; every violation is listed, one a line. */
export function holds(rule: Rule): void {
  assert.is(rule(theHouse()).map(describeViolation).join('\n'), '')
}
