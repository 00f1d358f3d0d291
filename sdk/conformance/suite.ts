import type { Law } from './law.ts'
import { beginningLaws } from './suite-beginning.ts'
import type { SuiteSubject } from './suite-people.ts'
import { secrecyLaws } from './suite-secrecy.ts'
import { talkLaws } from './suite-talk.ts'

export type { SuitePerson, SuiteSubject } from './suite-people.ts'

export const suiteLaws: readonly Law<SuiteSubject>[] = [...talkLaws, ...beginningLaws, ...secrecyLaws]
