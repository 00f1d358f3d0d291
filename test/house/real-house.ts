import { theHouse } from './read-house.ts'
import { describeViolation, type Rule } from './violation.ts'

/** The rule looks at this repository; every violation is listed, one a line. */
export function holds(rule: Rule): void {
  const violations = rule(theHouse())
  if (violations.length > 0) throw new Error(['the house breaks this rule:', ...violations.map(describeViolation)].join('\n'))
}
