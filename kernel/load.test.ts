import { definePlugin, isPalabreError, notifyHook, optional, slot, token, type Manifest, type Plugin } from '@palabre/sdk'
import { testPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { loadPlugin } from './load.ts'

const A = token<string>('a')
const B = token<string>('b', 2)
const S = slot<string>('s')
const Ring = notifyHook<[]>('ring')
const Bell = notifyHook<[]>('bell')

const whole = definePlugin({
  needs: { a: A, s: S, b: optional(B) },
  provides: { mine: token<string>('mine') },
  contributes: [slot<string>('views')],
  taps: [Ring],
  calls: [Bell],
  start: () => ({ mine: 'x' }),
})

test('a plugin whose code and manifest say the same is taken, whatever their order', async () => {
  const { manifest } = testPlugin('p', whole)
  const loaded = await load(whole, { ...manifest, needs: manifest.needs.toReversed(), provides: manifest.provides.toReversed() })
  assert.equal(loaded.needs, [
    { name: 'a', kind: 'one', label: 'a@1' },
    { name: 's', kind: 'many', label: 's@1[]' },
    { name: 'b', kind: 'optional', label: 'b@2' },
  ])
  assert.equal([...loaded.provides], [['mine', 'mine@1']])
})

test('each difference is told with its field and the side on which it stands', async () => {
  const { manifest } = testPlugin('p', whole)
  const differences: [Partial<Manifest>, string][] = [
    [{ needs: ['a@1'] }, 'the code declares s@1[] under needs, and manifest.json does not'],
    [{ needs: [...manifest.needs, 'c@1'] }, 'manifest.json names c@1 under needs, and the code does not'],
    [{ optional: [] }, 'the code declares b@2 under optional'],
    [{ provides: ['mine@1'] }, 'the code declares views@1[] under provides'],
    [{ provides: [...manifest.provides, 'z@1'] }, 'manifest.json names z@1 under provides'],
    [{ hooks: { taps: [], calls: ['bell@1'] } }, 'the code declares ring@1 under hooks.taps'],
    [{ hooks: { taps: ['ring@1'], calls: [] } }, 'the code declares bell@1 under hooks.calls'],
    [{ hooks: { taps: ['ring@1'], calls: ['bell@1', 'x@1'] } }, 'manifest.json names x@1 under hooks.calls'],
  ]
  for (const [change, said] of differences) {
    const error = await load(whole, { ...manifest, ...change }).catch((thrown: unknown) => thrown)
    assert.ok(isPalabreError(error) && error.code === 'not-declared' && error.plugin === 'p')
    assert.match(error.message, `p: ${said}`)
  }
})

test('what is not made by definePlugin is refused with the line to write', async () => {
  const { manifest } = testPlugin('p', whole)
  for (const exported of [undefined, null, 'x', {}, () => {}]) {
    const error = await load(exported as unknown as Plugin, manifest).catch((thrown: unknown) => thrown)
    assert.ok(isPalabreError(error) && error.code === 'bad-plugin')
    assert.match(error.todo!.en, 'export const plugin = definePlugin')
  }
})

test('a declaration that changes afterwards changes nothing', async () => {
  const shifty = { ...whole, needs: { a: A }, provides: {}, contributes: [], taps: [], calls: [] } as unknown as Plugin & {
    needs: object
  }
  const loaded = await load(shifty, testPlugin('p', shifty).manifest)
  shifty.needs = { a: B }
  assert.equal(loaded.needs, [{ name: 'a', kind: 'one', label: 'a@1' }])
})

test.run()

function load(exported: Plugin, manifest: Manifest) {
  return loadPlugin({ id: 'p', source: 'p/index.ts', manifest, load: async () => exported }, manifest)
}
