import { clearScreenDown, createInterface, cursorTo, moveCursor, type Interface, type Key } from 'node:readline'
import type { ReadStream, WriteStream } from 'node:tty'
import { stripVTControlCharacters } from 'node:util'
import { createLineQueue, type Screen, type ScreenOptions } from './screen.ts'

/** How far the cursor stands below the first row of the prompt, as Node's line editor remembers it when it draws again. */
type Editor = Interface & { prevRows?: number; line: string; cursor: number }

const marker = '› '
const pasting = { on: '\u001b[?2004h', off: '\u001b[?2004l' }

/** A line that can be edited at the bottom of a terminal, and everything else above it. */
export function openLineScreen(input: ReadStream, output: WriteStream, { complete, typing }: ScreenOptions): Screen {
  const queue = createLineQueue()
  const editor: Editor = createInterface({
    input,
    output,
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

  const prompt = () => {
    const head = pasted.length === 0 ? status : `${status} (+${pasted.length})`
    const cut = cutTo(head, Math.max(1, (output.columns ?? 80) - 1))
    editor.setPrompt(cut === '' ? marker : `${cut}\n${marker}`)
  }
  const erase = (rows: number) => {
    moveCursor(output, 0, -rows)
    cursorTo(output, 0)
    clearScreenDown(output)
    editor.prevRows = 0
  }
  const draw = () => {
    prompt()
    if (!isOver) editor.prompt(true)
  }

  const onResize = () => {
    // The terminal has laid the rows out anew: where the cursor is now follows from the new width and the old prompt.
    editor.prevRows = editor.getCursorPos().rows
    prompt()
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
    const { rows } = editor.getCursorPos()
    editor.line = ''
    editor.cursor = 0
    erase(rows + 1)
    pasted.push(line)
    if (!isPasting) queue.put(pasted.splice(0).join('\n'))
    draw()
  }
  const onInterrupt = () => {
    if (editor.line === '' && pasted.length === 0) return editor.close()
    pasted = []
    erase(editor.getCursorPos().rows)
    editor.line = ''
    editor.cursor = 0
    draw()
  }
  const onClose = () => {
    if (isOver) return
    isOver = true
    erase(editor.getCursorPos().rows)
    output.write(pasting.off)
    output.off('resize', onResize)
    input.off('keypress', onKey)
    input.pause()
    queue.end()
  }

  output.prependListener('resize', onResize)
  input.on('keypress', onKey)
  editor.on('line', onLine).on('SIGINT', onInterrupt).once('close', onClose)
  output.write(pasting.on)
  draw()

  return {
    isPlain: false,
    print(said) {
      if (isOver) return void output.write(`${said}\n`)
      erase(editor.getCursorPos().rows)
      output.write(`${said}\n`)
      draw()
    },
    status(said) {
      if (said === status) return
      status = said
      if (isOver) return
      erase(editor.getCursorPos().rows)
      draw()
    },
    next: queue.next,
    [Symbol.dispose]: () => editor.close(),
  }
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
