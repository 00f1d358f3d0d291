import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { contractsAreLivedIn } from './contracts-are-lived-in.ts'
import { broken } from './planted-house.ts'
import { holds } from './real-house.ts'

const sdk = { name: '@palabre/sdk', exports: { './contract/*': './contract/*.ts' } }
const imports = (role: string) => `import type { X } from '@palabre/sdk/contract/${role}'`
const house = (contract: string, rest: Record<string, unknown>) =>
  broken(contractsAreLivedIn, {
    'sdk/package.json': sdk,
    'sdk/contract/clock.ts': `import { token } from '../token.ts'\n${contract}`,
    ...rest,
  })

const clock = `export const Clock = token<Clock>('clock')`
const provider = { 'plugins/clock-system/manifest.json': { provides: ['clock@1'] } }
const lost = ['sdk/contract/clock.ts:2']

test('contracts are lived in', () => holds(contractsAreLivedIn))

test('a plugin provides, another plugin, the kernel or a host needs', () => {
  assert.equal(house(clock, { ...provider, 'plugins/a/manifest.json': { needs: ['clock@1'] } }), [])
  assert.equal(house(clock, { ...provider, 'plugins/a/manifest.json': { optional: ['clock@1'] } }), [])
  assert.equal(house(clock, { ...provider, 'kernel/time.ts': imports('clock') }), [])
  assert.equal(house(clock, { ...provider, 'host-web/page/time.ts': imports('clock') }), [])
})

test('the kernel provides, a host or a plugin needs', () => {
  assert.equal(house(clock, { 'kernel/time.ts': imports('clock'), 'host-cli/time.ts': imports('clock') }), [])
  assert.equal(house(clock, { 'kernel/time.ts': imports('clock'), 'plugins/a/manifest.json': { needs: ['clock@1'] } }), [])
})

test('without a provider, without a user, or with one room alone it is found', () => {
  assert.equal(house(clock, {}), lost)
  assert.equal(house(clock, provider), lost)
  assert.equal(
    house(clock, { 'plugins/a/manifest.json': { needs: ['clock@1'] }, 'plugins/b/manifest.json': { needs: ['clock@1'] } }),
    lost,
  )
  assert.equal(house(clock, { 'kernel/time.ts': imports('clock') }), lost)
  assert.equal(house(clock, { 'plugins/a/manifest.json': { provides: ['clock@1'], needs: ['clock@1'] } }), lost)
})

test('tests, and the code of plugins beside their manifests, are no use', () => {
  assert.equal(
    house(clock, { ...provider, 'kernel/time.test.ts': imports('clock'), 'test/story/a.story.ts': imports('clock') }),
    lost,
  )
  assert.equal(house(clock, { ...provider, 'plugins/a/a.ts': imports('clock') }), lost)
})

test('another major and a slot of the same name are other contracts', () => {
  const users = { ...provider, 'plugins/a/manifest.json': { needs: ['clock@1'] } }
  assert.equal(house(`token<Clock>('clock', 2)`, users), lost)
  assert.equal(house(`slot<Clock>('clock')`, users), lost)
  assert.equal(
    house(`slot<Clock>('clock')`, { 'plugins/a/manifest.json': { provides: ['clock@1[]'] }, 'kernel/x.ts': imports('clock') }),
    [],
  )
})

test('a hook needs a caller and may wait for its taps', () => {
  const hook = `export const Greeting = waterfallHook('greeting', { major: 2 })`
  assert.equal(house(hook, { 'plugins/a/manifest.json': { hooks: { calls: ['greeting@2'] } } }), [])
  assert.equal(house(hook, { 'plugins/a/manifest.json': { hooks: { taps: ['greeting@2'], calls: ['greeting@1'] } } }), lost)
})

test('an agreement without a token is used by two rooms, the sdk and tests apart', () => {
  const wire = 'export const version = 1'
  const one = { 'plugins/a/a.ts': imports('clock'), 'plugins/a/b.ts': imports('clock'), 'sdk/x.ts': `import './contract/clock.ts'` }
  assert.equal(house(wire, { ...one, 'plugins/b/b.test.ts': imports('clock') }), ['sdk/contract/clock.ts'])
  assert.equal(house(wire, { ...one, 'plugins/b/b.ts': imports('clock') }), [])
  assert.equal(house(wire, { ...one, 'host-web/page/b.ts': imports('clock') }), [])
})

test.run()
