import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { broken } from './planted-house.ts'
import { pluginsAreListed } from './plugins-are-listed.ts'
import { holds } from './real-house.ts'

const plugins = (...ids: string[]) => Object.fromEntries(ids.map((id) => [`plugins/${id}/index.ts`, '']))

test('plugins are listed', () => holds(pluginsAreListed))

test('a plugin is enabled by true, by an entry, by a profile; an example is only named', () => {
  const found = broken(pluginsAreListed, {
    ...plugins('a', 'b', 'c', 'd', 'example-greeter'),
    'plugins.json': {
      plugins: { a: true, b: { config: {} }, c: false, 'example-greeter': false },
      profiles: { relay: { plugins: { c: { enabled: true }, d: true } } },
    },
  })
  assert.equal(found, [])
})

test('a plugin that nobody enables or names is found', () => {
  const found = broken(pluginsAreListed, {
    ...plugins('a', 'b', 'c', 'example-greeter'),
    'plugins.json': { plugins: { a: false, b: { enabled: false } }, profiles: { relay: { plugins: { a: false } } } },
  })
  assert.equal(found, ['plugins/a', 'plugins/b', 'plugins/c', 'plugins/example-greeter'])
})

test('a name without a plugin is found, in the list, in a profile and in a binding', () => {
  const found = broken(pluginsAreListed, {
    ...plugins('a'),
    'plugins.json': {
      plugins: { a: true, ghost: false },
      bindings: { store: 'spirit', suite: ['a', 'shade'] },
      profiles: { relay: { plugins: { phantom: true } } },
    },
  })
  assert.equal(found, ['plugins.json:4', 'plugins.json:7', 'plugins.json:10', 'plugins.json:16'])
})

test('a house without plugins.json lists nothing', () => {
  assert.equal(broken(pluginsAreListed, plugins('a')), ['plugins/a'])
})

test.run()
