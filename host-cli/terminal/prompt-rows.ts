import type { Answer } from './answer-sieve.ts'
import type { Keyboard } from './keyboard.ts'

/** Backspace goes from the beginning of a row to the end of the one above, if that broke there because it was full. */
const reverseWrap = { number: 45, ask: '\u001b[?45$p', on: '\u001b[?45h', off: '\u001b[?45l' }
const cursor = { keep: '\u001b7', back: '\u001b8', ask: '\u001b[6n', up: '\u001b[A' }

export interface PromptSize {
  /** As they are written, each of which may take several rows. */
  readonly lines: number
  /** As many rows can the cursor stand below the first one. */
  readonly most: number
}

/**
 * How many rows the cursor stands below the first one of the prompt, after the terminal has laid its rows out anew. Each does that in its
 * own way, and some leave the row of the cursor as it was, so it is asked: the cursor walks up as long as rows belong together, says where
 * it is, and goes back. Undefined where a terminal does not tell, or cannot walk.
 */
export async function promptRows(keyboard: Keyboard, { lines, most }: PromptSize): Promise<number | undefined> {
  const walk = '\r\b'.repeat(most + 1) + '\r' + cursor.ask
  const walks = Array.from({ length: lines }, () => walk).join(cursor.up)
  const question = cursor.keep + reverseWrap.ask + cursor.ask + reverseWrap.on + walks + reverseWrap.off + cursor.back
  return rowsBetween(await keyboard.ask(question, lines + 1), most)
}

function rowsBetween(answers: readonly Answer[] | undefined, most: number): number | undefined {
  if (answers?.some((one) => one.kind === 'mode' && one.mode === reverseWrap.number && one.isKnown) !== true) return undefined
  const rows = answers.flatMap((one) => (one.kind === 'position' ? [one.row] : []))
  // Some walk on where a row was not full: those went as far as they were told to.
  const isFar = rows.some((row, at) => at > 0 && rows[at - 1]! - row > most)
  return isFar ? undefined : rows[0]! - rows.at(-1)!
}
