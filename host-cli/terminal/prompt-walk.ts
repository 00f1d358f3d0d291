import type { Keyboard } from './keyboard.ts'

/** Backspace goes from the beginning of a row to the end of the one above, if that broke there because it was full. */
const reverseWrap = { on: '\u001b[?45h', off: '\u001b[?45l' }
const cursor = { keep: '\u001b7', back: '\u001b8', ask: '\u001b[6n', up: '\u001b[A' }
const clearDown = '\u001b[J'

/** What is written stands in a window that may have become narrower meanwhile, but hardly as narrow as this. */
const narrowest = 10

/**
 * Takes the cursor to the first row of so many lines, the last of which it stands in, however the terminal has laid them out by the time
 * it reads this. A count of rows would be one of an earlier width: over a slow line the window has long become another one.
 */
export function walkUp(lines: number, columnsInAll: number): string {
  const toFirstRow = '\r\b'.repeat(Math.ceil(columnsInAll / narrowest)) + '\r'
  return reverseWrap.on + Array.from({ length: lines }, () => toFirstRow).join(cursor.up) + reverseWrap.off
}

/** Writes it behind the cursor, which stays before it however many rows that takes. */
export const withCursorBefore = (rest: string): string => cursor.keep + rest + cursor.back

/**
 * Has the terminal walk once on an empty row, and leaves that as it was: it must go up where a row was full and stay where a line begins.
 * False where it does otherwise, and as long as it does not tell.
 */
export async function canWalk(keyboard: Keyboard, columns: number): Promise<boolean> {
  // With a row in reserve, so that nothing scrolls before the cursor goes back to the one that was kept.
  const room = `\r\n${cursor.up}${cursor.keep}`
  const walk = reverseWrap.on + ' '.repeat(columns + 1) + `\r\b${cursor.ask}\r\b${cursor.ask}` + reverseWrap.off
  const [full, first] = (await keyboard.ask(room + walk + cursor.back + clearDown, 2)) ?? []
  return full !== undefined && first !== undefined && full.column > 1 && first.column === 1 && full.row === first.row
}
