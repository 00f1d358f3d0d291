/** For the room of tests alone, which holds parts of the kernel against slow or foreign judges of the same thing. */
export { readJson } from './json-reader.ts'
export { makePlan } from './plan.ts'
export type { PlanBasis, Planned } from './plan-basis.ts'
export { check } from './schema.ts'
