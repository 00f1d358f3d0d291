import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { askAlone, runAlone } from './own-process.ts'

const test = suite<{ folder: string }>('a process of its own', { folder: '' })
test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'palabre-bench-'))
})
test.after.each(({ folder }) => rmSync(folder, { recursive: true }))

const tell = `import { tell } from ${JSON.stringify(join(import.meta.dirname, 'own-process.ts'))}\n`

test('everything it tells arrives, the last word too', async ({ folder }) => {
  const script = scriptIn(folder, `for (const word of process.argv.slice(2)) await tell({ word })`)
  const heard: unknown[] = []
  for await (const message of runAlone(script, ['a', 'b', 'c'])) heard.push(message)
  assert.equal(heard, [{ word: 'a' }, { word: 'b' }, { word: 'c' }])
})

test('its failure is ours, after what it said before', async ({ folder }) => {
  const script = scriptIn(folder, `await tell({ word: 'last' }); process.exit(7)`)
  const heard: unknown[] = []
  const run = async () => {
    for await (const message of runAlone(script, [])) heard.push(message)
  }
  assert.match(String(await run().catch((error: unknown) => error)), /script\.ts .*ended with 7/)
  assert.equal(heard, [{ word: 'last' }])
})

test('asked one thing, it says one', async ({ folder }) => {
  assert.equal(await askAlone(scriptIn(folder, `await tell({ flag: typeof gc })`), [], ['--expose-gc']), { flag: 'function' })
  const chatty = scriptIn(folder, `await tell({ a: 1 }); await tell({ b: 2 })`)
  assert.match(String(await askAlone(chatty, []).catch((error: unknown) => error)), /said 2 things/)
})

test.run()

function scriptIn(folder: string, code: string): string {
  const file = join(folder, 'script.ts')
  writeFileSync(file, tell + code)
  return file
}
