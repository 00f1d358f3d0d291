import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { indexOnlyLists } from './index-only-lists.ts'
import { broken } from './planted-house.ts'
import { holds } from './real-house.ts'

test('an index only lists', () => holds(indexOnlyLists))

test('an index may list names and types, and nothing else', () => {
  const list = `export { a, b as c } from './a.ts'\nexport type { D } from './d.ts'\nexport * as e from './e.ts'`
  assert.equal(broken(indexOnlyLists, { 'sdk/index.ts': list, 'sdk/a.ts': 'export const a = 1' }), [])
  const more = [`export * from './a.ts'`, `import { a } from './a.ts'`, 'export const b = 1', 'console.log(1)', `import './a.ts'`]
  assert.equal(
    broken(indexOnlyLists, { 'sdk/testkit/index.ts': more.join('\n') }),
    [1, 2, 3, 4, 5].map((line) => `sdk/testkit/index.ts:${line}`),
  )
})

test('the index of a plugin is its wiring, an index deeper in a plugin is not', () => {
  const wiring = `import { definePlugin } from '@palabre/sdk'\nexport const plugin = definePlugin({})`
  assert.equal(broken(indexOnlyLists, { 'plugins/a/index.ts': wiring, 'plugins/a/deep/index.ts': wiring }), [
    'plugins/a/deep/index.ts:1',
    'plugins/a/deep/index.ts:2',
  ])
})

test('a file imports no index above it in its room, by path or by name', () => {
  const found = broken(indexOnlyLists, {
    'sdk/package.json': { name: '@palabre/sdk', exports: { '.': './index.ts', './testkit': './testkit/index.ts' } },
    'sdk/index.ts': '',
    'sdk/testkit/index.ts': '',
    'sdk/token.ts': `import { x } from './index.ts'`,
    'sdk/conformance/store.ts': `import type { x } from '../index.ts'`,
    'sdk/contract/store.ts': `import { x } from '@palabre/sdk'`,
    'sdk/plugin.ts': `import { x } from './testkit/index.ts'\nimport { y } from '@palabre/sdk/testkit'`,
    'sdk/token.test.ts': `import { x } from './index.ts'`,
    'kernel/plan.ts': `import { x } from '@palabre/sdk'`,
  })
  assert.equal(found, ['sdk/conformance/store.ts:1', 'sdk/contract/store.ts:1', 'sdk/token.ts:1'])
})

test.run()
