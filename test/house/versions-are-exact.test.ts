import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { broken } from './planted-house.ts'
import { holds } from './real-house.ts'
import { versionsAreExact } from './versions-are-exact.ts'

test('versions are exact', () => holds(versionsAreExact))

for (const range of [
  '^1.2.3',
  '~1.2.3',
  '1.2',
  '1.x',
  '*',
  'latest',
  '',
  '>=1.2.3',
  '1.2.3 || 2.0.0',
  'npm:other@^1.2.3',
  'file:../x',
  'github:a/b',
]) {
  test(`"${range}" is no pin`, () => {
    assert.equal(broken(versionsAreExact, { 'kernel/package.json': { dependencies: { fine: '1.0.0', x: range } } }), [
      'kernel/package.json:4',
    ])
  })
}

for (const pin of ['1.2.3', '7.0.2007', '1.0.0-rc.1', 'npm:other@1.2.3', 'npm:@a/other@1.2.3-beta.2']) {
  test(`"${pin}" is a pin`, () => {
    assert.equal(broken(versionsAreExact, { 'kernel/package.json': { dependencies: { x: pin } } }), [])
  })
}

for (const field of ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies', 'overrides']) {
  test(`${field} are looked at, also at the root and in a folder below a room`, () => {
    const found = broken(versionsAreExact, {
      'package.json': { [field]: { x: '^1.0.0' } },
      'test/sample/package.json': { [field]: { x: '^1.0.0' } },
    })
    assert.equal(found, ['package.json:3', 'test/sample/package.json:3'])
  })
}

test('overrides are looked at in depth, and what is no version is left alone', () => {
  const found = broken(versionsAreExact, {
    'package.json': { engines: { node: '>=18' }, overrides: { a: '1.0.0', b: { c: { d: '1.0.0', e: '^1.0.0' } } } },
  })
  assert.equal(found, ['package.json:10'])
})

test('other files may speak of ranges', () => {
  assert.equal(broken(versionsAreExact, { 'kernel/sample-package.json': { dependencies: { x: '^1.0.0' } } }), [])
})

test('our own packages are asked for in the version that is in the house', () => {
  const found = broken(versionsAreExact, {
    'sdk/package.json': { name: '@palabre/sdk', version: '0.2.0' },
    'kernel/package.json': { dependencies: { '@palabre/sdk': '0.1.0' } },
    'plugins/a/package.json': { dependencies: { '@palabre/sdk': '0.2.0', '@palabre/shop': '0.2.0' } },
  })
  assert.equal(found, ['kernel/package.json:3', 'plugins/a/package.json:4'])
})

test.run()
