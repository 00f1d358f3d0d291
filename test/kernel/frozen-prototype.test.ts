import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

/** As hosts run the kernel: no prototype of plain objects can be changed, and no code is made of text. */
const flags = [
  '--import=data:text/javascript,Object.freeze(Object.prototype)',
  '--disallow-code-generation-from-strings',
  '--disable-proto=throw',
]
const root = join(import.meta.dirname, '../..')
const run = promisify(execFile)

for (const path of globSync('kernel/{commands,control,faults,kernel,manifest,schema,scope,settings,supervisor}.test.ts', {
  cwd: root,
})) {
  test(`${path} holds while Object.prototype is frozen`, async () => {
    const { stdout } = await run(process.execPath, [...flags, path], { cwd: root })
    const [, total, passed] = /Total:\s+(\d+)\s+Passed:\s+(\d+)/.exec(stdout) ?? []
    assert.ok(Number(total) > 0)
    assert.is(passed, total)
  })
}

test('the flags are in force', async () => {
  const attempts = ['Object.prototype.x = 1', 'eval("1")', '({}).__proto__']
  for (const code of attempts) {
    const error = await run(process.execPath, [...flags, '--input-type=module', '-e', code]).catch((thrown: Error) => thrown)
    assert.ok(error instanceof Error, code)
  }
})

test.run()
