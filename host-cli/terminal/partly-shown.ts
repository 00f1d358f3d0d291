/** Marks where something was left out. */
const cut = '…'

/**
 * What is shown of a line that takes more columns than there are: the part around its cursor. It moves on by half of the room, so that not
 * every key moves all that is shown.
 */
export function partlyShown(line: string, cursor: number, columns: number): { readonly before: string; readonly after: string } {
  const [before, after] = [line.slice(0, cursor), line.slice(cursor)]
  if (line.length * 2 <= columns || widthOf(line) <= columns) return { before, after }
  const room = Math.max(4, columns - 2 * cut.length)
  const behind = Math.min(widthOf(after), room >> 2)
  const step = room >> 1
  const over = widthOf(before) - (room - behind)
  const shown = over <= 0 ? before : cut + beyond(before, Math.ceil(over / step) * step)
  const rest = cutTo(after, room - widthOf(shown))
  return { before: shown, after: rest === after ? rest : rest + cut }
}

/** As much of it as fits into so many columns. */
export function cutTo(said: string, columns: number): string {
  let width = 0
  let kept = ''
  for (const sign of said) {
    width += columnsOf(sign)
    if (width > columns) break
    kept += sign
  }
  return kept
}

/** Without as much of it as takes so many columns. */
function beyond(said: string, columns: number): string {
  let width = 0
  let at = 0
  for (const sign of said) {
    if (width >= columns) break
    width += columnsOf(sign)
    at += sign.length
  }
  return said.slice(at)
}

const widthOf = (said: string): number => Array.from(said).reduce((width, sign) => width + columnsOf(sign), 0)

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u

/** As far as a sign tells its width: wide ones count double, so that a row never breaks. */
const columnsOf = (sign: string): number => (wide.test(sign) ? 2 : 1)
