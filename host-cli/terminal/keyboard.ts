import { PassThrough, type Readable, type Writable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import type { ReadStream } from 'node:tty'
import { createAnswerSieve, type Position } from './answer-sieve.ts'

/** The keys of a terminal, and what it answers when it is asked. */
export interface Keyboard extends Disposable {
  /** What is typed and pasted, for the line editor. */
  readonly keys: Readable & { setRawMode(on: boolean): void }
  /** What is typed from now on waits until this is disposed. */
  hold(): Disposable
  /** So many positions of the cursor. Some terminals never answer: undefined when this is disposed before. */
  ask(question: string, positions: number): Promise<readonly Position[] | undefined>
}

/** A key whose code could begin an answer is one when nothing follows. */
const keyPause = 50

interface Asked {
  readonly positions: number
  readonly answers: Position[]
  resolve(answers: readonly Position[] | undefined): void
}

export function openKeyboard(input: ReadStream, output: Writable): Keyboard {
  const keys = Object.assign(new PassThrough(), { setRawMode: (on: boolean) => void input.setRawMode(on) })
  const sieve = createAnswerSieve()
  const decoder = new StringDecoder('utf8')
  const asked: Asked[] = []
  let pause: NodeJS.Timeout | undefined

  const type = (typed: string) => {
    if (typed !== '') keys.write(typed)
  }

  const onData = (data: Buffer) => {
    const { keys: typed, answers } = sieve.sift(decoder.write(data))
    type(typed)
    for (const answer of answers) hear(answer)
    clearTimeout(pause)
    pause = setTimeout(() => type(sieve.release()), keyPause)
  }
  const onEnd = () => void keys.end()

  /** A terminal answers in the order in which it was asked. */
  function hear(answer: Position): void {
    const [first] = asked
    if (first === undefined) return
    first.answers.push(answer)
    if (first.answers.length < first.positions) return
    asked.shift()
    first.resolve(first.answers)
  }

  // Whoever asked for a passphrase before has paused it.
  input.on('data', onData).once('end', onEnd).resume()
  return {
    keys,
    hold() {
      keys.cork()
      return { [Symbol.dispose]: () => keys.uncork() }
    },
    ask(question, positions) {
      const { promise, resolve } = Promise.withResolvers<readonly Position[] | undefined>()
      asked.push({ positions, answers: [], resolve })
      sieve.expect(positions)
      output.write(question)
      return promise
    },
    [Symbol.dispose]() {
      clearTimeout(pause)
      for (const one of asked.splice(0)) one.resolve(undefined)
      input.off('data', onData).off('end', onEnd)
      input.pause()
    },
  }
}
