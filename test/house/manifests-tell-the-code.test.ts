import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { definePlugin, notifyHook, optional, slot, token } from '@palabre/sdk'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { House } from './house.ts'
import { manifestsTellTheCode } from './manifests-tell-the-code.ts'
import { plantedHouse } from './planted-house.ts'
import { houseRoot, theHouse } from './read-house.ts'
import { noneOf } from './real-house.ts'
import { describeViolation } from './violation.ts'

const clock = token<string>('clock')
const store = token<string>('store', 2)
const sinks = slot<string>('log-sink')
const ready = notifyHook<[]>('ready')
const asked = notifyHook<[]>('asked')

const code = definePlugin({
  needs: { clock, store: optional(store) },
  provides: { sink: sinks },
  contributes: [slot<string>('view')],
  taps: [ready],
  calls: [asked],
  start: () => ({ sink: '' }),
})

const manifest = {
  needs: ['clock@1'],
  optional: ['store@2'],
  provides: ['view@1[]', 'log-sink@1[]'],
  hooks: { taps: ['ready@1'], calls: ['asked@1'] },
}

function told(content: object, plugin: unknown = code, files: Record<string, string> = {}): string[] {
  const house = plantedHouse({ 'plugins/a/manifest.json': content, ...files })
  return manifestsTellTheCode(house, new Map([['plugins/a', plugin]])).map(describeViolation)
}

async function load(house: House): Promise<Map<string, unknown>> {
  const rooms = house.rooms.filter(({ kind, path }) => kind === 'plugin' && house.has(`${path}/index.ts`))
  const modules = rooms.map(async ({ path }) => {
    const module = (await import(pathToFileURL(join(houseRoot, path, 'index.ts')).href)) as { plugin?: unknown }
    return [path, module.plugin] as const
  })
  return new Map(await Promise.all(modules))
}

test('manifests tell the code', async () => noneOf(manifestsTellTheCode(theHouse(), await load(theHouse()))))

test('a manifest that tells the same in another order is left alone', () => assert.equal(told(manifest), []))

for (const [field, changed, label] of [
  ['needs', { ...manifest, needs: [] }, 'clock@1'],
  ['needs', { ...manifest, needs: ['clock@1', 'store@2'] }, 'store@2'],
  ['optional', { ...manifest, optional: undefined }, 'store@2'],
  ['optional', { ...manifest, optional: ['store@2', 'clock@1'] }, 'clock@1'],
  ['provides', { ...manifest, provides: ['log-sink@1[]'] }, 'view@1[]'],
  ['provides', { ...manifest, provides: [...manifest.provides, 'view@1'] }, 'view@1'],
  ['hooks.taps', { ...manifest, hooks: { calls: ['asked@1'] } }, 'ready@1'],
  ['hooks.calls', { ...manifest, hooks: { taps: ['ready@1'], calls: ['asked@1', 'ready@1'] } }, 'ready@1'],
] as const) {
  test(`a difference in ${field} is found: ${label}`, () => {
    const [only, ...more] = told(changed)
    assert.equal(more, [])
    assert.match(only!, `${label} under ${field}`)
  })
}

test('a folder without a manifest, and a room that is no plugin, have nothing to tell', () => {
  const house = plantedHouse({ 'plugins/a/index.ts': '', 'host-web/manifest.json': manifest })
  assert.equal(manifestsTellTheCode(house, new Map()), [])
})

test('an index without a plugin is found', () => {
  assert.match(told(manifest, null)[0]!, 'plugins/a/index.ts exports no plugin')
  assert.match(told(manifest, { start() {} })[0]!, 'plugins/a/index.ts exports no plugin')
})

test('each command described has its code, and each code its description', () => {
  const commands = [{ id: 'clock.now' }, { id: 'clock.set' }]
  const given = (...ids: string[]) => ({ 'plugins/a/index.ts': ids.map((id) => `scope.command(${id}, run)`).join('\n') })
  assert.equal(told({ ...manifest, commands }, code, given(`'clock.now'`, '`clock.set`')), [])
  assert.equal(
    told({ ...manifest, commands: [{ id: 'a' }] }, code, { 'plugins/a/index.ts': `scope.command<{ x: 1 }>('a', run)` }),
    [],
  )
  assert.match(
    told({ ...manifest, commands }, code, given(`'clock.now'`))[0]!,
    'plugins/a/manifest.json:25 describes the command clock.set',
  )
  assert.match(told(manifest, code, given(`'clock.now'`))[0]!, 'plugins/a/index.ts:1 gives code to the command clock.now')
})

test('a computed command may be any of those described, and a test gives none', () => {
  const commands = [{ id: 'clock.now' }]
  assert.equal(told({ ...manifest, commands }, code, { 'plugins/a/index.ts': 'scope.command(id, run)' }), [])
  assert.is(told({ ...manifest, commands }, code, { 'plugins/a/a.test.ts': `scope.command('clock.now', run)` }).length, 1)
})

test.run()
