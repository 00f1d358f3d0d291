import { PassThrough, type Readable, type Writable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import type { ReadStream } from 'node:tty'
import { createAnswerSieve, type Answer } from './answer-sieve.ts'

/** The keys of a terminal, and what it answers when it is asked. */
export interface Keyboard extends Disposable {
  /** What is typed and pasted, for the line editor. */
  readonly keys: Readable & { setRawMode(on: boolean): void }
  /** What is typed from now on waits until this is disposed. */
  hold(): Disposable
  /** Undefined when the answers do not come in time. Who was silent is not asked again before they have come after all. */
  ask(question: string, positions: number): Promise<readonly Answer[] | undefined>
}

/** Over a slow line an answer takes a while. */
const patience = 1_500
/** A key whose code could begin an answer is one when nothing follows. */
const keyPause = 50

interface Asked {
  readonly positions: number
  readonly answers: Answer[]
  resolve(answers: readonly Answer[] | undefined): void
}

export function openKeyboard(input: ReadStream, output: Writable): Keyboard {
  const keys = Object.assign(new PassThrough(), { setRawMode: (on: boolean) => void input.setRawMode(on) })
  const sieve = createAnswerSieve()
  const decoder = new StringDecoder('utf8')
  const asked: Asked[] = []
  let isSilent = false
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
  function hear(answer: Answer): void {
    const [first] = asked
    if (first === undefined) return
    first.answers.push(answer)
    if (first.answers.filter(({ kind }) => kind === 'position').length < first.positions) return
    asked.shift()
    isSilent = false
    first.resolve(first.answers)
  }

  input.on('data', onData).once('end', onEnd)
  return {
    keys,
    hold() {
      keys.cork()
      return { [Symbol.dispose]: () => keys.uncork() }
    },
    async ask(question, positions) {
      if (isSilent) return undefined
      const { promise, resolve } = Promise.withResolvers<readonly Answer[] | undefined>()
      asked.push({ positions, answers: [], resolve })
      sieve.expect(positions)
      output.write(question)
      const late = setTimeout(() => {
        isSilent = true
        resolve(undefined)
      }, patience)
      return promise.finally(() => clearTimeout(late))
    },
    [Symbol.dispose]() {
      clearTimeout(pause)
      for (const one of asked.splice(0)) one.resolve(undefined)
      input.off('data', onData).off('end', onEnd)
      input.pause()
    },
  }
}
