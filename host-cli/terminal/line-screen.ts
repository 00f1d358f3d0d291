import { clearScreenDown, createInterface, cursorTo, type Interface, type Key } from 'node:readline'
import { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ReadStream, WriteStream } from 'node:tty'
import { stripVTControlCharacters } from 'node:util'
import { createDrawnPrompt, type Measure, type Window } from './drawn-prompt.ts'
import { openKeyboard } from './keyboard.ts'
import { cutTo } from './partly-shown.ts'
import { canWalk } from './prompt-walk.ts'
import { createLineQueue, type Screen, type ScreenOptions } from './screen.ts'

type Editor = Interface & { line: string; cursor: number }

const marker = '› '
/** A window that is drawn by its corner changes many times in a row. */
const settling = 50
const pasting = { on: '\u001b[?2004h', off: '\u001b[?2004l' }

/** A line that can be edited at the bottom of a terminal, and everything else above it. */
export function openLineScreen(input: ReadStream, output: WriteStream, { complete, typing }: ScreenOptions): Screen {
  const queue = createLineQueue()
  const lookFirst = () => lookAtSize(output)
  // Before the keys are taken: what they change is drawn for the width that is known.
  input.on('data', lookFirst)
  const keyboard = openKeyboard(input, output)
  // It draws nothing itself: its rows are counted for a width that may be gone, and are as many as the line is long.
  const nowhere = Object.assign(new Writable({ write: (_said, _encoding, done) => done() }), { columns: output.columns })
  const editor: Editor = createInterface({
    input: keyboard.keys,
    output: nowhere,
    prompt: '',
    terminal: true,
    historySize: 200,
    removeHistoryDuplicates: true,
    completer: (line: string) => {
      const { found, word } = complete(line)
      if (new Set(found.map((one) => one[word.length])).size > 1) above([found.join('  ')])
      return [[...found], word]
    },
  })
  const measure: Measure = (said) => {
    const { line, cursor } = editor
    Object.assign(editor, { line: said, cursor: said.length })
    const place = editor.getCursorPos()
    Object.assign(editor, { line, cursor })
    return place
  }
  const window: Window = {
    get columns() {
      return nowhere.columns ?? 80
    },
    get rows() {
      return output.rows ?? 24
    },
  }
  const bottom = createDrawnPrompt(output, window, measure)
  let status = ''
  let isPasting = false
  let pasted: string[] = []
  let isOver = false
  let isAsked = false
  let isDue = false
  /** How often the window has changed, and what is to be said once it does not any more. */
  let resizes = 0
  let unsaid: string[] | undefined

  const draw = () => {
    if (isOver) return
    const head = cutTo(stripVTControlCharacters(headOf(status, pasted.length)), Math.max(1, window.columns - 1))
    bottom.draw(head === '' ? marker : `${head}\n${marker}`, editor.line, editor.cursor)
  }
  /** Once for all keys that came together, as those of a paste do. */
  const drawSoon = () => {
    if (isDue) return
    isDue = true
    queueMicrotask(() => {
      isDue = false
      if (unsaid === undefined) draw()
    })
  }
  const above = (said: readonly string[]) => {
    bottom.erase()
    for (const one of said) output.write(`${one}\n`)
    draw()
  }

  /** Only once somebody is waited for: what ends at once would leave the answer to whatever reads the terminal next. */
  const ask = () => {
    if (isAsked || isOver || unsaid !== undefined) return
    isAsked = true
    bottom.erase()
    void canWalk(keyboard, output.columns).then((can) => (bottom.isWalking = can))
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
    nowhere.columns = output.columns
    const said = unsaid ?? []
    unsaid = undefined
    if (!isOver) above(said)
  }
  const onKey = (_said: string | undefined, { name, ctrl }: Key) => {
    if (name === 'paste-start') isPasting = true
    else if (name === 'paste-end') isPasting = false
    else typing(editor.line)
    if (ctrl === true && name === 'l') clear()
    drawSoon()
  }
  const clear = () => {
    bottom.forget()
    cursorTo(output, 0, 0)
    clearScreenDown(output)
  }
  const onLine = (line: string) => {
    pasted.push(line)
    if (!isPasting) queue.put(pasted.splice(0).join('\n'))
    drawSoon()
  }
  const onInterrupt = () => {
    if (editor.line === '' && pasted.length === 0) return editor.close()
    pasted = []
    editor.line = ''
    editor.cursor = 0
    drawSoon()
  }
  /** After Ctrl-Z: the editor has paused itself, and the shell has written over what stood here. */
  const onContinue = () => {
    bottom.forget()
    editor.resume()
    drawSoon()
  }
  const onClose = () => {
    if (isOver) return
    isOver = true
    above(unsaid ?? [])
    output.write(pasting.off)
    output.off('resize', onResize)
    keyboard.keys.off('keypress', onKey)
    input.off('data', lookFirst)
    keyboard[Symbol.dispose]()
    queue.end()
  }

  output.on('resize', onResize)
  keyboard.keys.on('keypress', onKey)
  editor.on('line', onLine).on('SIGINT', onInterrupt).on('SIGCONT', onContinue).once('close', onClose)
  output.write(pasting.on)
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

const headOf = (status: string, pasted: number) => (pasted === 0 ? status : `${status} (+${pasted})`)
