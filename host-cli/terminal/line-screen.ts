import { clearScreenDown, createInterface, cursorTo, moveCursor, type Interface, type Key } from 'node:readline'
import { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ReadStream, WriteStream } from 'node:tty'
import { stripVTControlCharacters } from 'node:util'
import { openKeyboard } from './keyboard.ts'
import { canWalk, walkUp, withCursorBefore } from './prompt-walk.ts'
import { createLineQueue, type Screen, type ScreenOptions } from './screen.ts'

/** How far the cursor stands below the first row of the prompt, as Node's line editor remembers it when it draws again. */
type Editor = Interface & { prevRows?: number; line: string; cursor: number }

const marker = '› '
/** A window that is drawn by its corner changes many times in a row. */
const settling = 50
const pasting = { on: '\u001b[?2004h', off: '\u001b[?2004l' }

/** A line that can be edited at the bottom of a terminal, and everything else above it. */
export function openLineScreen(input: ReadStream, output: WriteStream, { complete, typing }: ScreenOptions): Screen {
  const queue = createLineQueue()
  const lookFirst = () => lookAtSize(output)
  // Before the keys are taken: the editor moves by the rows of the width that it knows.
  input.on('data', lookFirst)
  const keyboard = openKeyboard(input, output)
  // Not the terminal itself: the editor would draw at once for a width of which it is not known yet what it has done to the rows.
  const passOn = (said: Buffer, _encoding: string, done: () => void) => {
    output.write(said)
    done()
  }
  const sheet = Object.assign(new Writable({ write: passOn }), { columns: output.columns })
  const editor: Editor = createInterface({
    input: keyboard.keys,
    output: sheet,
    terminal: true,
    historySize: 200,
    removeHistoryDuplicates: true,
    completer: (line: string) => {
      const { found, word } = complete(line)
      return [[...found], word]
    },
  })
  let status = ''
  let isPasting = false
  let pasted: string[] = []
  let isOver = false
  let isAsked = false
  let isWalking = false
  /** How often the window has changed, and what is to be said once it does not any more. */
  let resizes = 0
  let unsaid: string[] | undefined

  const prompt = () => {
    const head = pasted.length === 0 ? status : `${status} (+${pasted.length})`
    const cut = cutTo(head, Math.max(1, (sheet.columns ?? 80) - 1))
    editor.setPrompt(cut === '' ? marker : `${cut}\n${marker}`)
  }
  /** Where a terminal cannot walk it is taken to have laid out its rows anew as most do. */
  const erase = ({ rows = editor.getCursorPos().rows, linesBelow = 0 } = {}) => {
    const all = editor.getPrompt() + editor.line
    if (isWalking) sheet.write(walkUp(editor.getPrompt().split('\n').length + linesBelow, 2 * all.length))
    else moveCursor(sheet, 0, -rows)
    cursorTo(sheet, 0)
    clearScreenDown(sheet)
    editor.prevRows = 0
  }
  const draw = () => {
    prompt()
    if (isOver) return
    const { cursor } = editor
    editor.cursor = editor.line.length
    editor.prompt(true)
    editor.cursor = cursor
    if (cursor < editor.line.length) placeCursor()
  }
  /** Before something that is typed already. The editor would count rows, of a width that may be gone. */
  const placeCursor = () => {
    const { rows, cols } = editor.getCursorPos()
    // Kept at the end of a full row it would not come back at the beginning of the next one.
    if (!isWalking || cols === 0) return editor.prompt(true)
    const { line, cursor } = editor
    erase()
    sheet.write(editor.getPrompt() + line.slice(0, cursor) + withCursorBefore(line.slice(cursor)))
    editor.prevRows = rows
  }
  const above = (said: readonly string[]) => {
    erase()
    for (const one of said) sheet.write(`${one}\n`)
    draw()
  }

  /** Only once somebody is waited for: what ends at once would leave the answer to whatever reads the terminal next. */
  const ask = () => {
    if (isAsked || isOver || unsaid !== undefined) return
    isAsked = true
    erase()
    void canWalk(keyboard, output.columns).then((can) => (isWalking = can))
    draw()
  }

  const onResize = () => {
    resizes++
    if (unsaid !== undefined) return
    unsaid = []
    void settle()
  }
  const settle = async () => {
    using _held = keyboard.hold()
    for (let seen = 0; seen !== resizes && !isOver; await sleep(settling)) seen = resizes
    sheet.columns = output.columns
    const said = unsaid ?? []
    unsaid = undefined
    if (!isOver) above(said)
  }
  const onKey = (_said: string | undefined, { name }: Key) => {
    if (name === 'paste-start') isPasting = true
    else if (name === 'paste-end') isPasting = false
    else typing(editor.line)
  }
  const onLine = (line: string) => {
    // It is shown again above, as what it has become.
    editor.line = line
    editor.cursor = line.length
    erase({ rows: editor.getCursorPos().rows + 1, linesBelow: 1 })
    editor.line = ''
    editor.cursor = 0
    pasted.push(line)
    if (!isPasting) queue.put(pasted.splice(0).join('\n'))
    draw()
  }
  const onInterrupt = () => {
    if (editor.line === '' && pasted.length === 0) return editor.close()
    pasted = []
    erase()
    editor.line = ''
    editor.cursor = 0
    draw()
  }
  const onClose = () => {
    if (isOver) return
    isOver = true
    above(unsaid ?? [])
    sheet.write(pasting.off)
    output.off('resize', onResize)
    keyboard.keys.off('keypress', onKey)
    input.off('data', lookFirst)
    keyboard[Symbol.dispose]()
    queue.end()
  }

  output.on('resize', onResize)
  keyboard.keys.on('keypress', onKey)
  editor.on('line', onLine).on('SIGINT', onInterrupt).once('close', onClose)
  sheet.write(pasting.on)
  draw()

  return {
    isPlain: false,
    print(said) {
      if (isOver) return void output.write(`${said}\n`)
      lookAtSize(output)
      if (unsaid !== undefined) return void unsaid.push(said)
      above([said])
    },
    status(said) {
      if (said === status) return
      status = said
      if (!isOver) lookAtSize(output)
      if (!isOver && unsaid === undefined) above([])
    },
    next() {
      ask()
      return queue.next()
    },
    [Symbol.dispose]: () => editor.close(),
  }
}

/** Node does so when it hears of a change, which may be later than what is to be shown now. */
function lookAtSize(output: WriteStream & { _refreshSize?(): void }): void {
  output._refreshSize?.()
}

/** In columns, as far as signs tell their width: wide ones count double, so that the row never breaks. */
function cutTo(said: string, columns: number): string {
  const plain = stripVTControlCharacters(said)
  let width = 0
  let kept = ''
  for (const sign of plain) {
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u.test(
        sign,
      )
        ? 2
        : 1
    if (width > columns) break
    kept += sign
  }
  return kept
}
