import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { isPalabreError } from '@palabre/sdk'
import { fakeClock } from '@palabre/sdk/testkit'
import { answerBeside, readDescription, writeDescription } from './exchange.ts'

const never = new AbortController().signal
const offer = { type: 'offer', sdp: 'v=0\r\n' } as const

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'palabre-exchange-'))
  return { file: (name: string) => join(path, name), [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (isPalabreError(error) ? error.code : error),
  )

test('what one writes another reads, and it is never written over', async () => {
  await using here = await folder()
  const file = here.file('o.json')
  await writeDescription(file, offer)
  assert.equal(await readDescription(file, 'offer', fakeClock(), 0, never), offer)
  const before = await readFile(file, 'utf8')
  assert.is(await codeOf(writeDescription(file, { ...offer, sdp: 'another' })), 'bad-argument')
  assert.is(await readFile(file, 'utf8'), before)
  assert.is(answerBeside(file), here.file('o.answer.json'))
})

test('no file, no folder, no description, or one of the other kind: what to change is said', async () => {
  await using here = await folder()
  const read = (name: string) => codeOf(readDescription(here.file(name), 'offer', fakeClock(), 0, never))
  assert.is(await read('missing.json'), 'bad-argument')
  assert.is(await codeOf(writeDescription(here.file('none/o.json'), offer)), 'bad-argument')
  const wrong = {
    'text.json': 'hello',
    'null.json': 'null',
    'answer.json': '{"type":"answer","sdp":"v=0"}',
    'number.json': '{"type":"offer","sdp":3}',
  }
  for (const [name, said] of Object.entries({ ...wrong, 'long.json': `${JSON.stringify(offer)}${' '.repeat(70_000)}` })) {
    await writeFile(here.file(name), said)
    assert.is(await read(name), 'bad-argument', name)
  }
})

test.run()
