import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { labelsStandInTheTable } from './labels-stand-in-the-table.ts'
import { broken } from './planted-house.ts'
import { holds } from './real-house.ts'

const table = `export const labels = {\n  a: 'palabre/v1/a/one',\n  b: 'palabre/v1/a/two',\n}\nexport type Label = \`palabre/v1/\${string}\`\n`
const with_ = (files: Record<string, string>) => broken(labelsStandInTheTable, { 'sdk/contract/labels.ts': table, ...files })

test('labels stand in the table', () => holds(labelsStandInTheTable))

test('a label used twice in the table is found', () => {
  const twice = table.replace('two', 'one')
  assert.equal(broken(labelsStandInTheTable, { 'sdk/contract/labels.ts': twice }), ['sdk/contract/labels.ts:3'])
})

test('a label written elsewhere is found, whole or put together', () => {
  assert.equal(with_({ 'plugins/a/a.ts': `\nderive('palabre/v1/a/one')` }), ['plugins/a/a.ts:2'])
  assert.equal(with_({ 'plugins/a/a.ts': 'derive(`palabre/v1/a/${use}`)' }), ['plugins/a/a.ts:1'])
})

test('what only resembles one, and what tests write, is left alone', () => {
  assert.equal(with_({ 'plugins/a/a.ts': `import '@palabre/sdk'; read('palabre/version')` }), [])
  assert.equal(with_({ 'plugins/a/a.test.ts': `derive('palabre/v1/a/one')` }), [])
})

test.run()
