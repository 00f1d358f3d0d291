import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { noCycles } from './no-cycles.ts'
import { broken, plantedHouse } from './planted-house.ts'
import { holds } from './real-house.ts'

test('no cycles', () => holds(noCycles))

test('a cycle is told once, with its whole path', () => {
  const [only, ...more] = noCycles(
    plantedHouse({
      'kernel/a.ts': `import { b } from './b.ts'`,
      'kernel/b.ts': `// the way on\nimport { c } from './deep/c.ts'`,
      'kernel/deep/c.ts': `import { a } from '../a.ts'`,
      'kernel/enters.ts': `import { a } from './a.ts'`,
    }),
  )
  assert.equal([only!.path, only!.line, more], ['kernel/a.ts', 1, []])
  assert.match(only!.says, 'kernel/a.ts → kernel/b.ts → kernel/deep/c.ts → kernel/a.ts')
})

test('two cycles are told as two', () => {
  const pair = (x: string, y: string) => ({ [`kernel/${x}.ts`]: `import './${y}.ts'`, [`kernel/${y}.ts`]: `import './${x}.ts'` })
  assert.equal(broken(noCycles, { ...pair('a', 'b'), ...pair('y', 'z') }), ['kernel/a.ts:1', 'kernel/y.ts:1'])
})

test('types, late imports, re-exports and a file that imports itself count', () => {
  const back = `import { a } from './a.ts'`
  for (const forward of [
    `import type { B } from './b.ts'`,
    `let b: import('./b.ts').B`,
    `const b = await import('./b.ts')`,
    `export { b } from './b.ts'`,
  ]) {
    assert.equal(broken(noCycles, { 'kernel/a.ts': forward, 'kernel/b.ts': back }), ['kernel/a.ts:1'], forward)
  }
  assert.equal(broken(noCycles, { 'kernel/a.ts': back }), ['kernel/a.ts:1'])
})

test('a cycle through package names and conditions is found', () => {
  const found = broken(noCycles, {
    'sdk/package.json': { name: '@palabre/sdk', exports: { '.': { node: './index.node.ts', default: './index.ts' } } },
    'sdk/index.node.ts': `export { x } from '@palabre/kernel'`,
    'kernel/package.json': { name: '@palabre/kernel', exports: './index.ts' },
    'kernel/index.ts': `import { y } from '@palabre/sdk'`,
  })
  assert.equal(found, ['kernel/index.ts:1'])
})

test('two ways to the same file are no cycle', () => {
  const found = broken(noCycles, {
    'kernel/a.ts': `import './b.ts'\nimport './c.ts'`,
    'kernel/b.ts': `import './d.ts'`,
    'kernel/c.ts': `import './d.ts'`,
    'kernel/d.ts': '',
  })
  assert.equal(found, [])
})

test.run()
