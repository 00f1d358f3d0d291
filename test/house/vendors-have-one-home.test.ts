import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { broken, plantedHouse } from './planted-house.ts'
import { holds } from './real-house.ts'
import { place } from './violation.ts'
import { vendorsHaveOneHome } from './vendors-have-one-home.ts'

const imports = (specifier: string) => `import { x } from '${specifier}'`

test('each vendor has one home', () => holds(vendorsHaveOneHome))

test('a vendor with a home is used nowhere else, not even by its subpath, its types or a description', () => {
  const found = broken(vendorsHaveOneHome, {
    'kernel/container.ts': imports('inversify'),
    'kernel/plan.ts': `import type { Container } from 'inversify'`,
    'kernel/scope.ts': imports('inversify/lib/x.js'),
    'kernel/hooks.ts': imports('tapable'),
    'kernel/tapable.d.ts': `declare module 'tapable' {}`,
    'kernel/deep/tapable.d.ts': `declare module 'tapable' {}`,
    'plugins/a/index.ts': imports('lit/decorators.js'),
    'plugins/view-a/index.ts': imports('lit/decorators.js'),
  })
  assert.equal(found, ['kernel/plan.ts:1', 'kernel/scope.ts:1', 'kernel/deep/tapable.d.ts:1', 'plugins/a/index.ts:1'])
})

for (const vendor of ['inversify', 'tapable', '@cfworker/json-schema', 'commander', 'jsonc-parser', 'vite', 'lit', 'uvu']) {
  test(`${vendor} is a stranger even to the one file that takes it in`, () => {
    const [only, ...more] = vendorsHaveOneHome(plantedHouse({ 'sdk/token.ts': imports(vendor) }))
    assert.equal([place(only!), more], ['sdk/token.ts:1', []])
    assert.match(only!.says, `${vendor}, whose home is `)
  })
}

test('a home of one file has one file, whichever it is', () => {
  const found = broken(vendorsHaveOneHome, {
    'host-cli/argv.ts': `${imports('jsonc-parser')}\n${imports('jsonc-parser')}`,
    'host-cli/help.ts': imports('jsonc-parser'),
    'host-desktop/argv.ts': imports('jsonc-parser'),
    'host-web/bundle.ts': imports('vite'),
    'host-web/serve.ts': imports('vite'),
  })
  assert.equal(found, ['host-cli/help.ts:1', 'host-desktop/argv.ts:1'])
})

test('a vendor without a line in the table may be in one file of the product', () => {
  const once = { 'plugins/a/hash.ts': imports('@scure/base/hex.js'), 'plugins/a/other.ts': imports('@noble/curves/ed25519.js') }
  assert.equal(broken(vendorsHaveOneHome, once), [])
  assert.equal(broken(vendorsHaveOneHome, { ...once, 'plugins/b/hash.ts': imports('@scure/base/utf8.js') }), [
    'plugins/b/hash.ts:1',
  ])
})

test('tests use what they like, and what is built in or ours has no vendor', () => {
  const found = broken(vendorsHaveOneHome, {
    'sdk/package.json': { name: '@palabre/sdk', exports: './index.ts' },
    'kernel/plan.test.ts': `${imports('inversify')}\n${imports('uvu')}`,
    'test/bench/start.ts': imports('inversify'),
    'kernel/plan.ts': `${imports('@palabre/sdk')}\n${imports('node:fs')}`,
    'kernel/life.ts': `${imports('@palabre/sdk')}\n${imports('node:fs')}`,
  })
  assert.equal(found, [])
})

test.run()
