import { spawnSync } from 'node:child_process'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

test('what starting left behind is collected once, and not when it was called off', () => {
  assert.is(garbageAfter('tidyOnceSettled(100)'), 'collected')
  assert.is(garbageAfter('tidyOnceSettled(100)[Symbol.dispose]()'), 'still there')
})

/** In a process of its own, which makes too little garbage for V8 to look after it. */
function garbageAfter(tidying: string): string {
  const script = `
    import { tidyOnceSettled } from './tidy-memory.ts'
    globalThis.registry = new FinalizationRegistry(() => process.exit(console.log('collected')))
    setTimeout(() => registry.register({}, ''))
    ${tidying}
    setTimeout(() => console.log('still there'), 1_500)`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  })
  assert.is(stderr, '')
  return stdout.trim()
}

test.run()
