import { text } from '@palabre/sdk'
import { settled } from '@palabre/sdk/testkit'
import { PassThrough } from 'node:stream'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createTerminalAsker } from './terminal-asker.ts'

const question = text('Passphrase:', 'Phrase secrète :')

function openTerminal({ isTTY = true, env = {} as NodeJS.ProcessEnv } = {}) {
  const input = Object.assign(new PassThrough(), { isTTY, setRawMode: () => input })
  const output = Object.assign(new PassThrough(), { isTTY })
  const interrupts: string[] = []
  const interrupt = () => void interrupts.push('SIGINT')
  const asker = createTerminalAsker({ language: 'fr', input, output, env, interrupt })
  return { input, asker, interrupts, shown: () => String(output.read() ?? '') }
}

test('what is typed comes back and is not shown; corrections count', async () => {
  const { input, asker, shown } = openTerminal()
  assert.ok(asker.isAttended)
  const answer = asker.secret(question, 'passphrase')
  await settled()
  input.write('sésamx\u007fe\r')
  assert.is(await answer, 'sésame')
  assert.is(shown(), 'Phrase secrète : \n')
})

test('two questions at once are asked one after the other', async () => {
  const { input, asker, shown } = openTerminal()
  const answers = [asker.secret(question, 'new-passphrase'), asker.secret(text('Once more:', 'Encore :'), 'new-passphrase')]
  await settled()
  assert.is(shown(), 'Phrase secrète : ')
  assert.ok(asker.isAsking)
  input.write('one\r')
  assert.is(await answers[0], 'one')
  await settled()
  assert.is(shown(), '\nEncore : ')
  input.write('two\r')
  assert.ok(asker.isAsking, 'the second one still')
  assert.is(await answers[1], 'two')
  await settled()
  assert.not.ok(asker.isAsking)
})

test('Ctrl-C interrupts, Ctrl-D gives no answer, and a plugin that stops asks no more', async () => {
  const { input, asker, interrupts } = openTerminal()
  const first = asker.secret(question, 'passphrase')
  await settled()
  input.write('half\u0003')
  assert.is(await first, undefined)
  assert.equal(interrupts, ['SIGINT'])

  const second = asker.secret(question, 'passphrase')
  await settled()
  input.write('\u0004')
  assert.is(await second, undefined)
  assert.is(interrupts.length, 1)

  const controller = new AbortController()
  const third = asker.secret(question, 'passphrase', { signal: controller.signal }).catch((error: unknown) => error)
  await settled()
  controller.abort(new Error('stopped'))
  assert.is(((await third) as Error).message, 'stopped')
})

test('PALABRE_PASSPHRASE opens, and is never taken for a new passphrase', async () => {
  const { input, asker } = openTerminal({ isTTY: false, env: { PALABRE_PASSPHRASE: 'old' } })
  assert.not.ok(asker.isAttended)
  assert.is(await asker.secret(question, 'passphrase'), 'old')
  input.end('new one\n')
  assert.is(await asker.secret(question, 'new-passphrase'), 'new one')
})

test('without a person and without the variable, piped data is not taken for the passphrase', async () => {
  const { input, asker } = openTerminal({ isTTY: false })
  input.end('a message\n')
  assert.is(await asker.secret(question, 'passphrase'), undefined)
})

test('nothing piped in is no answer; too much is refused', async () => {
  const nothing = openTerminal({ isTTY: false })
  nothing.input.end()
  assert.is(await nothing.asker.secret(question, 'recovery-phrase'), undefined)
  const much = openTerminal({ isTTY: false })
  much.input.end('x'.repeat(70_000))
  const error = await much.asker.secret(question, 'recovery-phrase').catch((thrown: unknown) => thrown)
  assert.is((error as { code: string }).code, 'too-large')
})

test.run()
