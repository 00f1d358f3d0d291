import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { jsonParses } from './json-parses.ts'
import { broken } from './planted-house.ts'
import { holds } from './real-house.ts'

const readme = (...lines: string[]) => broken(jsonParses, { 'sdk/README.md': lines.join('\n') })

test('JSON parses', () => holds(jsonParses))

test('a broken file is found; what a tool reads with comments and what a test breaks is left alone', () => {
  const files = [
    'plugins.json',
    'sdk/package.json',
    'kernel/plugins.schema.json',
    'tsconfig.json',
    '.oxlintrc.json',
    'sdk/tsconfig.json',
    'test/story/broken.json',
  ]
  const found = broken(jsonParses, Object.fromEntries(files.map((path) => [path, '{ // no'])))
  assert.equal(broken(jsonParses, { 'kernel/plan.ts': '```json\n{\n```' }), [])
  assert.equal(found, ['kernel/plugins.schema.json:1', 'plugins.json:1', 'sdk/package.json:1'])
})

test('a broken block is found by its line, whole ones and other languages are left alone', () => {
  assert.equal(
    readme('# Title', '```json', '{ "a": 1 }', '```', '```jsonc', '{ // }', '```', 'text', '~~~ json', '{ "a" }', '~~~'),
    ['sdk/README.md:10'],
  )
})

test('a fence is closed by its own kind, at least as long, and by the end of the file', () => {
  assert.equal(readme('````json', '{', '```', '}', '````'), ['sdk/README.md:2'])
  assert.equal(readme('```json', '{}', '`````', '{'), [])
  assert.equal(readme('   ```json', '{'), ['sdk/README.md:2'])
  assert.equal(readme('    ```json', '    {'), [])
})

test.run()
