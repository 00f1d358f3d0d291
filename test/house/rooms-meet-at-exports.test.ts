import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { broken } from './planted-house.ts'
import { holds } from './real-house.ts'
import { roomsMeetAtExports } from './rooms-meet-at-exports.ts'

const imports = (specifier: string) => `import { x } from '${specifier}'`

test('rooms meet at their exports', () => holds(roomsMeetAtExports))

test('a relative path may climb inside its room and not out of it', () => {
  const found = broken(roomsMeetAtExports, {
    'kernel/deep/down.ts': imports('../plan.ts'),
    'kernel/plan.ts': imports('../sdk/token.ts'),
    'plugins/a/index.ts': imports('../b/index.ts'),
    'plugins/ab/index.ts': 'export const x = 1',
    'plugins/b/index.ts': `export * from './../../package.json'`,
    'test/story/x.story.ts': `const x = await import('../../kernel/plan.ts')`,
  })
  assert.equal(found, ['kernel/plan.ts:1', 'plugins/a/index.ts:1', 'plugins/b/index.ts:1', 'test/story/x.story.ts:1'])
})

test('an absolute path or address is no import', () => {
  const found = broken(roomsMeetAtExports, {
    'kernel/a.ts': imports('/somewhere/x.ts'),
    'kernel/b.ts': imports('file:///somewhere/x.ts'),
    'kernel/c.ts': imports('https://example.org/x.js'),
    'kernel/d.ts': imports('node:fs'),
    'kernel/e.ts': imports('virtual:palabre-plugins'),
  })
  assert.equal(found, ['kernel/a.ts:1', 'kernel/b.ts:1', 'kernel/c.ts:1'])
})

test('only what a room exports can be imported, and it must exist', () => {
  const found = broken(roomsMeetAtExports, {
    'sdk/package.json': {
      name: '@palabre/sdk',
      exports: { '.': './index.ts', './contract/*': './contract/*.ts', './gone': { node: './index.ts', default: './gone.ts' } },
    },
    'sdk/index.ts': '',
    'sdk/token.ts': '',
    'sdk/contract/store.ts': '',
    'kernel/a.ts': `${imports('@palabre/sdk')}\n${imports('@palabre/sdk/contract/store')}`,
    'kernel/b.ts': `${imports('@palabre/sdk/token')}\n${imports('@palabre/sdk/token.ts')}`,
    'kernel/c.ts': `${imports('@palabre/sdk/contract/shop')}\n${imports('@palabre/sdk/gone')}`,
    'kernel/d.ts': imports('@palabre/sdkx'),
  })
  assert.equal(found, ['kernel/b.ts:1', 'kernel/b.ts:2', 'kernel/c.ts:1', 'kernel/c.ts:2', 'kernel/d.ts:1'])
})

test('exports may be one file, or one file for each platform', () => {
  const found = broken(roomsMeetAtExports, {
    'plugins/a/package.json': { name: '@palabre/a', exports: './index.ts' },
    'plugins/a/index.ts': '',
    'plugins/b/package.json': { name: '@palabre/b', exports: { node: './index.node.ts', default: './index.ts' } },
    'plugins/b/index.ts': '',
    'plugins/b/index.node.ts': '',
    'test/a.story.ts': ['@palabre/a', '@palabre/b', '@palabre/a/index.ts', '@palabre/b/node'].map(imports).join('\n'),
  })
  assert.equal(found, ['test/a.story.ts:3', 'test/a.story.ts:4'])
})

test('a private import is one that the room declares', () => {
  const found = broken(roomsMeetAtExports, {
    'plugins/a/package.json': {
      name: '@palabre/a',
      imports: { '#clock': { node: './clock.node.ts', default: './clock.browser.ts' } },
    },
    'plugins/a/clock.node.ts': '',
    'plugins/a/index.ts': `${imports('#clock')}\n${imports('#watch')}`,
    'plugins/b/index.ts': imports('#clock'),
  })
  assert.equal(found, ['plugins/a/index.ts:2', 'plugins/b/index.ts:1'])
})

test.run()
