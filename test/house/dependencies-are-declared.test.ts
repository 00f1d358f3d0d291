import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { dependenciesAreDeclared } from './dependencies-are-declared.ts'
import { broken } from './planted-house.ts'
import { holds } from './real-house.ts'

const imports = (specifier: string) => `import { x } from '${specifier}'`

test('every dependency is declared', () => holds(dependenciesAreDeclared))

test('a package, a subpath of it and a room are found missing, whatever the form of the import', () => {
  const found = broken(dependenciesAreDeclared, {
    'sdk/token.ts': '',
    'kernel/a.ts': imports('inversify'),
    'kernel/b.ts': `import type { X } from '@noble/hashes/sha2.js'`,
    'kernel/c.ts': imports('@palabre/sdk'),
    'kernel/d.ts': `const x = await import('tapable')`,
  })
  assert.equal(found, ['kernel/a.ts:1', 'kernel/b.ts:1', 'kernel/c.ts:1', 'kernel/d.ts:1'])
})

test('what is declared, built in, ours by path, or only described is not missing', () => {
  const found = broken(dependenciesAreDeclared, {
    'sdk/token.ts': '',
    'kernel/package.json': {
      name: '@palabre/kernel',
      exports: './index.ts',
      dependencies: { inversify: '8.2.3', '@noble/hashes': '2.4.0' },
      peerDependencies: { '@palabre/sdk': '0.1.0' },
    },
    'kernel/a.ts': [
      'inversify',
      '@noble/hashes/sha2.js',
      '@palabre/sdk',
      '@palabre/kernel',
      'node:fs',
      'fs',
      './b.ts',
      'virtual:plugins',
    ]
      .map(imports)
      .join('\n'),
    'kernel/tapable.d.ts': `declare module 'tapable' {}`,
  })
  assert.equal(found, [])
})

test('the dependency of another room does not count, not even the root', () => {
  const found = broken(dependenciesAreDeclared, {
    'package.json': { dependencies: { lit: '3.3.3' } },
    'plugins/a/package.json': { name: '@palabre/a', dependencies: { lit: '3.3.3' } },
    'plugins/b/index.ts': imports('lit'),
  })
  assert.equal(found, ['plugins/b/index.ts:1'])
})

test('a development dependency serves tests and not the product', () => {
  const found = broken(dependenciesAreDeclared, {
    'plugins/a/package.json': { name: '@palabre/a', devDependencies: { uvu: '0.5.6' } },
    'plugins/a/a.test.ts': imports('uvu'),
    'plugins/a/a.ts': imports('uvu'),
    'sdk/testkit/index.ts': imports('uvu'),
  })
  assert.equal(found, ['plugins/a/a.ts:1', 'sdk/testkit/index.ts:1'])
})

test.run()
