import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { broken } from './planted-house.ts'
import { holds } from './real-house.ts'
import { syntaxIsErasable } from './syntax-is-erasable.ts'

const inFile = (text: string, path = 'kernel/plan.ts') => broken(syntaxIsErasable, { [path]: text })

test('syntax is erasable and exports have names', () => holds(syntaxIsErasable))

for (const offence of [
  'enum State { On, Off }',
  'export const enum State { On }',
  'namespace Inner { export const x = 1 }',
  'class X { constructor(private readonly y: number) {} }',
  'class X { constructor(readonly y = 1) {} }',
  '@sealed class X {}',
  'class X { @watched y = 1 }',
  `import fs = require('node:fs')`,
  'export default 1',
  'export default function start() {}',
  'export { start as default }',
  `export { default } from './start.ts'`,
  'export = start',
]) {
  test(`found: ${offence}`, () => assert.equal(inFile(`\n${offence}`), ['kernel/plan.ts:2']))
}

for (const fine of [
  `declare global { interface Window { x: 1 } }`,
  `declare module 'tapable' { export class Hook {} }`,
  'class X { constructor(y: number) {} }',
  `import { default as start } from './start.ts'`,
  'switch (x) { default: break }',
  '// export default 1',
  `const text = 'enum State {}'`,
  'const enumeration = { default: 1 }',
  'export { start, enumeration as default2 }; switch (x) { default: }',
]) {
  test(`left alone: ${fine}`, () => assert.equal(inFile(fine), []))
}

test('a tool may demand a default export, and a declaration describes what others wrote', () => {
  assert.equal(inFile('export default {}', 'host-web/vite.config.ts'), [])
  assert.equal(inFile('export default {}', 'host-web/config.ts'), ['host-web/config.ts:1'])
  assert.equal(inFile('enum State {}', 'host-web/vite.config.ts'), ['host-web/vite.config.ts:1'])
  assert.equal(inFile(`declare module 'x' { export default class X {} }`, 'kernel/x.d.ts'), [])
})

test.run()
