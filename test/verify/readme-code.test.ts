import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { place } from '../house/violation.ts'
import { readmeCode } from './readme-code.ts'
import { houseRoot } from '../house/read-house.ts'

const readme = (path: string, ...lines: string[]) => ({ path, text: lines.join('\n') })
const found = async (...readmes: ReturnType<typeof readme>[]) => (await readmeCode(readmes)).map(place)

test('a block that does not compile is found by its line in the README', async () => {
  const sdk = readme('sdk/README.md', '# sdk', '```ts', 'const fine: number = 1', `const wrong: number = 'one'`, '```')
  const kernel = readme('kernel/README.md', '```ts', 'let x: Missing', '```', 'text', '```ts', 'let y: Missing', '```')
  assert.equal(await found(sdk, kernel), ['sdk/README.md:4', 'kernel/README.md:2', 'kernel/README.md:6'])
  assert.equal(await found(readme('README.md', '```ts', '', '}', '```')), ['README.md:3'])
})

test('other languages are not compiled', async () => {
  assert.equal(await found(readme('sdk/README.md', '```js', '}', '```', '```json', '}', '```', '```', '}', '```')), [])
})

test('each block has its own names, and a named block can be imported by the others of its README', async () => {
  const blocks = [
    '```ts',
    '// greeter.ts',
    'export const hello = 1',
    '```',
    '```ts',
    `import { hello } from './greeter.ts'`,
    'const x: string = hello',
    '```',
  ]
  const own = ['```ts', 'const hello = 2', '```', '```ts', 'const hello = 3', '```']
  assert.equal(await found(readme('sdk/README.md', ...blocks, ...own)), ['sdk/README.md:7'])
  const stranger = readme('kernel/README.md', '```ts', `import { hello } from './greeter.ts'`, '```')
  assert.equal(await found(readme('sdk/README.md', ...blocks.slice(0, 4)), stranger), ['kernel/README.md:2'])
})

test('a block imports rooms by name, and may speak to Node and to a page', async () => {
  const code = [
    `import { text } from '@palabre/sdk'`,
    `import fs from 'node:fs'`,
    `document.title = text('a', 'b').fr`,
    'void fs',
    'text(1)',
  ]
  assert.equal(await found(readme('sdk/README.md', '```ts', ...code, '```')), ['sdk/README.md:6'])
})

test('nothing is left behind', async () => {
  const folder = join(houseRoot, 'kernel', '.artefacts')
  const before = existsSync(folder) ? readdirSync(folder) : []
  await found(readme('kernel/README.md', '```ts', '}', '```'))
  assert.equal(existsSync(folder) ? readdirSync(folder) : [], before)
})

test.run()
