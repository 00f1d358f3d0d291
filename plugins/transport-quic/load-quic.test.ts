import { isPalabreError } from '@palabre/sdk'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { loadQuic } from './load-quic.ts'

test('what loads is handed on, and what does not is told in a sentence', async () => {
  assert.is(await loadQuic(async () => 'loaded'), 'loaded')
  const cause = new Error('Cannot find native binding')
  const error: unknown = await loadQuic(() => Promise.reject(cause)).catch((thrown: unknown) => thrown)
  assert.ok(isPalabreError(error))
  assert.equal([error.code, error.cause], ['plugin-failed', cause])
  assert.match(error.text.en, 'the other roads work without it')
})

test.run()
