import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { broken } from './planted-house.ts'
import { holds } from './real-house.ts'
import { webCodeIsPortable } from './web-code-is-portable.ts'

const node = `import { readFileSync } from 'node:fs'`
const web = { id: 'a', hosts: ['cli', 'web'] }
const inKernel = (text: string) => broken(webCodeIsPortable, { 'kernel/plan.ts': text })

test('code for the web is portable', () => holds(webCodeIsPortable))

test('sdk, kernel, page and web plugins import nothing of Node', () => {
  const found = broken(webCodeIsPortable, {
    'sdk/token.ts': node,
    'sdk/conformance/store.ts': node,
    'kernel/plan.ts': `import type { Stats } from 'fs'`,
    'host-web/page/boot.ts': `await import('node:os')`,
    'plugins/a/manifest.json': web,
    'plugins/a/a.ts': `let x: import('node:net').Socket`,
  })
  assert.equal(found, [
    'host-web/page/boot.ts:1',
    'kernel/plan.ts:1',
    'plugins/a/a.ts:1',
    'sdk/conformance/store.ts:1',
    'sdk/token.ts:1',
  ])
})

test('the test kit, tests, files for Node, plugins without a page and the hosts may', () => {
  const found = broken(webCodeIsPortable, {
    'sdk/testkit/index.ts': node,
    'kernel/plan.test.ts': `${node}\nprocess.exit()`,
    'host-web/serve.ts': node,
    'host-cli/boot.ts': `${node}\nprocess.exit()`,
    'test/story/a.story.ts': node,
    'plugins/a/manifest.json': web,
    'plugins/a/a.node.ts': `${node}\nprocess.exit()`,
    'plugins/b/manifest.json': { id: 'b', hosts: ['cli'] },
    'plugins/b/b.ts': `${node}\nprocess.exit()`,
  })
  assert.equal(found, [])
})

test('portable code does not import a file for Node by its path', () => {
  const found = broken(webCodeIsPortable, {
    'plugins/a/manifest.json': web,
    'plugins/a/a.ts': `import { x } from './clock.node.ts'\nimport { y } from './node.ts'`,
    'plugins/a/b.node.ts': `import { x } from './clock.node.ts'`,
  })
  assert.equal(found, ['plugins/a/a.ts:1'])
})

for (const use of [
  'process.exit()',
  'const big = Buffer.alloc(1)',
  'const p = globalThis.process',
  'const x = { process }',
  'let p: typeof process',
  '(process as unknown).exit()',
  'const it = x[process]',
  'const f = (y = global) => y',
  'let x: Buffer',
  'let x: NodeJS.Timeout',
  '/// <reference types="node" />',
]) {
  test(`found: ${use}`, () => assert.equal(inKernel(`\n${use}`), ['kernel/plan.ts:2']))
}

for (const use of [
  'x.process()',
  'const x = { process: 1 }',
  'class X { process() {} }',
  'interface X { process: number; Buffer(): void }',
  'type F = (process: number) => void',
  'type T = [process: number, other: x.Buffer]',
  'interface Buffer { x: Buffer }',
  'type Map<process> = process',
  'process: for (;;) break process',
  `export { process } from './steps.ts'`,
  'function f(process) { process() }',
  'const { a: [process] } = x; process()',
  `import { process } from './steps.ts'; process()`,
  'try {} catch (process) { process() }',
  '// process.exit()',
  'const text = "process.exit()"',
  '/// <reference path="universal.d.ts" />',
]) {
  test(`left alone: ${use}`, () => assert.equal(inKernel(use), []))
}

test.run()
