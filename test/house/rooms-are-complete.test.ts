import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { broken, plantedHouse } from './planted-house.ts'
import { holds } from './real-house.ts'
import { roomsAreComplete } from './rooms-are-complete.ts'

const complete = {
  'plugins/a/README.md': '# a',
  'plugins/a/package.json': {},
  'plugins/a/manifest.json': {},
  'plugins/a/index.ts': '',
  'plugins/a/clock.test.ts': '',
}

const without = (name: keyof typeof complete) => Object.fromEntries(Object.entries(complete).filter(([path]) => path !== name))

test('rooms are complete', () => holds(roomsAreComplete))

test('a complete plugin is left alone, and what concerns all plugins may lie among them', () => {
  assert.equal(broken(roomsAreComplete, { ...complete, 'plugins/README.md': '', 'plugins/tsconfig.json': {} }), [])
})

for (const [path, says] of [
  ['plugins/a/README.md', 'no README.md'],
  ['plugins/a/manifest.json', 'no manifest.json'],
  ['plugins/a/index.ts', 'no index.ts'],
  ['plugins/a/clock.test.ts', 'no test'],
] as const) {
  test(`a plugin without ${path} is found`, () => {
    const found = roomsAreComplete(plantedHouse(without(path)))
    assert.equal(
      found.map((one) => one.path),
      ['plugins/a'],
    )
    assert.match(found[0]!.says, says)
  })
}

test('a page of 60 lines is a page, one of 61 is not', () => {
  const page = (lines: number) => `${'line\n'.repeat(lines)}\n\n`
  assert.equal(broken(roomsAreComplete, { ...complete, 'plugins/a/README.md': page(60) }), [])
  assert.equal(broken(roomsAreComplete, { ...complete, 'plugins/a/README.md': page(61) }), ['plugins/a/README.md'])
  assert.equal(broken(roomsAreComplete, { 'kernel/README.md': page(61) }), [])
})

test('every other room needs its page, and no manifest', () => {
  assert.equal(broken(roomsAreComplete, { 'sdk/token.ts': '', 'host-cli/argv.ts': '', 'kernel/README.md': '' }), [
    'host-cli',
    'sdk',
  ])
})

test('a file loose among the plugins is found', () => {
  assert.equal(broken(roomsAreComplete, { 'plugins/order.ts': '' }), ['plugins/order.ts'])
})

test.run()
