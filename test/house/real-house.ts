import { theHouse } from './read-house.ts'
import { describeViolation, type Rule, type Violation } from './violation.ts'

/** The rule looks at this repository. */
export function holds(rule: Rule): void {
  noneOf(rule(theHouse()))
}

/** Lists every violation, one a line; where the list was made says nothing and is left out. */
export function noneOf(violations: readonly Violation[]): void {
  if (violations.length === 0) return
  throw Object.assign(new Error(`\n${violations.map(describeViolation).join('\n')}`), { stack: '' })
}
