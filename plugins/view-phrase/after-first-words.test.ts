import type { Port } from '@palabre/sdk/contract/port'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { afterFirstWords } from './after-first-words.ts'

const message = (mine: boolean, kind: 'text' | 'notice') => ({ kind: 'message', message: { mine, kind } })

/** Says these, one after the other, then nothing more until it is left. */
function portSaying(...events: readonly object[]) {
  const left = Promise.withResolvers<void>()
  async function* stream(_command: string, _args: object, { signal }: { signal: AbortSignal }) {
    signal.addEventListener('abort', () => left.resolve())
    for (const data of events) yield { data }
    await left.promise
  }
  return { left: left.promise, port: { state: 'open', stream, watch: () => ({ [Symbol.dispose]() {} }) } as unknown as Port }
}

const settled = () => new Promise((resolve) => setTimeout(resolve))

const after = () => ({ [Symbol.dispose]() {} })

test('what others write, and what the program notes, is nothing to lose yet', async () => {
  const ending = new AbortController()
  const { port } = portSaying(message(false, 'text'), message(true, 'notice'), { kind: 'typing' })
  let written = 0
  afterFirstWords({ port, signal: ending.signal, after, written: () => written++ })
  await settled()
  assert.is(written, 0)
  ending.abort()
})

test('the first message of one’s own counts, once, and nobody listens afterwards', async () => {
  const { port, left } = portSaying(message(false, 'text'), message(true, 'text'), message(true, 'text'))
  let written = 0
  afterFirstWords({ port, signal: new AbortController().signal, after, written: () => written++ })
  await left
  await settled()
  assert.is(written, 1)
})

test.run()
