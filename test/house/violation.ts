import type { House } from './house.ts'

/** One place where a rule is broken, in words for the person who will correct it: what is there, what to do now. */
export interface Violation {
  readonly path: string
  readonly line?: number
  readonly says: string
}

export type Rule = (house: House) => Violation[]

export const describeViolation = ({ path, line, says }: Violation) => `${place({ path, line })} ${says}`

export const place = ({ path, line }: Pick<Violation, 'path'> & { line?: number | undefined }) =>
  line === undefined ? path : `${path}:${line}`

/** The line on which a text first appears, for files that we read as data. */
export const lineOf = (text: string, part: string) => text.slice(0, Math.max(text.indexOf(part), 0)).split('\n').length
