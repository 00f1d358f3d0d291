import { clearScreenDown, cursorTo, moveCursor } from 'node:readline'
import type { Writable } from 'node:stream'
import { partlyShown } from './partly-shown.ts'
import { walkUp, withCursorBefore } from './prompt-walk.ts'

/** Where the cursor would stand behind a text that begins at the left edge of the window, as it is now. */
export type Measure = (said: string) => { readonly rows: number; readonly cols: number }

export interface Window {
  readonly columns: number
  readonly rows: number
}

/** What stands at the bottom of a terminal: what is said over the line that is typed, and as much of that line as there is room for. */
export interface DrawnPrompt {
  /** What is at the far end can be walked: see `canWalk`. */
  isWalking: boolean
  draw(prompt: string, line: string, cursor: number): void
  /** Leaves the cursor where it began. */
  erase(): void
  /** The terminal was cleared, or somebody else has written to it. */
  forget(): void
}

/** Rows of what is typed. More would be taken from the conversation, and more rows would be lost where a window becomes narrower. */
const mostRows = 8

const nothing = { prompt: '', before: '', after: '' }

export function createDrawnPrompt(output: Writable, window: Window, measure: Measure): DrawnPrompt {
  let drawn = nothing

  const self: DrawnPrompt = { isWalking: false, draw, erase, forget: () => void (drawn = nothing) }
  return self

  function draw(prompt: string, line: string, cursor: number): void {
    const next = { prompt, ...partlyShown(line, cursor, roomFor(prompt)) }
    if (isLonger(next)) output.write(next.before.slice(drawn.before.length))
    else {
      erase()
      write(next)
    }
    drawn = next
  }

  function erase(): void {
    const { prompt, before, after } = drawn
    const all = prompt + before + after
    if (self.isWalking) output.write(walkUp(all.split('\n').length, 2 * all.length))
    else moveCursor(output, 0, -measure(prompt + before).rows)
    cursorTo(output, 0)
    clearScreenDown(output)
    drawn = nothing
  }

  function roomFor(prompt: string): number {
    const lines = prompt.split('\n')
    const rows = Math.max(1, Math.min(mostRows, window.rows - lines.length))
    // A wide sign that does not fit at the end of a row leaves a column empty; and one row must not be full.
    return rows * (window.columns - 1) - lines.at(-1)!.length
  }

  /** The same with something more at the end of the same row: what is typed most of the time. */
  function isLonger({ prompt, before, after }: typeof drawn): boolean {
    return (
      prompt === drawn.prompt &&
      after + drawn.after === '' &&
      before.startsWith(drawn.before) &&
      measure(prompt + before).rows === measure(drawn.prompt + drawn.before).rows
    )
  }

  function write(next: typeof drawn): void {
    const { prompt, before, after } = next
    const [at, end] = [measure(prompt + before), measure(prompt + before + after)]
    output.write(prompt + before + after)
    // So that the next row is there.
    if (end.cols === 0) output.write(' ')
    if (after === '') return void cursorTo(output, end.cols)
    // Kept at the end of a full row it would not come back at the beginning of the next one.
    if (!self.isWalking || at.cols === 0) {
      cursorTo(output, at.cols)
      moveCursor(output, 0, at.rows - end.rows)
      return
    }
    // All rows are there now: nothing scrolls while the cursor is kept.
    drawn = { prompt, before: before + after, after: '' }
    erase()
    output.write(prompt + before + withCursorBefore(after))
  }
}
