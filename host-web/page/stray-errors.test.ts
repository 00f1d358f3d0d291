import { PalabreError, text } from '@palabre/sdk'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { ownerOf } from './stray-errors.ts'

const at = (file: string) => `    at f (http://127.0.0.1:7252/assets/${file}:1:234)`

test('an error belongs to the topmost plugin in its stack', () => {
  const stack = [at('lit.Ab_1-x.js'), at('plugin/view-plugins.B-gk_sjJ.js'), at('plugin/port-local.APP.js'), at('kernel.D.js')]
  assert.is(ownerOf(withStack(stack)), 'view-plugins')
})

test('an error that no plugin was near belongs to nobody', () => {
  assert.is(ownerOf(withStack([at('kernel.Dk.js')])), undefined)
  assert.is(ownerOf('just a word'), undefined)
  assert.is(ownerOf(undefined), undefined)
})

test('an error of ours may name its plugin itself', () => {
  const error = new PalabreError('plugin-failed', text('no', 'non'), { plugin: 'drum' })
  assert.is(ownerOf(error), 'drum')
})

test.run()

function withStack(lines: readonly string[]): Error {
  return Object.assign(new Error('no'), { stack: ['Error: no', ...lines].join('\n') })
}
