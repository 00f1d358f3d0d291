import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { importsPointInward } from './imports-point-inward.ts'
import { broken, plantedHouse } from './planted-house.ts'
import { holds } from './real-house.ts'

const exported = (name: string, subpath = '.') => ({ name: `@palabre/${name}`, exports: { [subpath]: './index.ts' } })

const rooms = {
  'sdk/package.json': exported('sdk'),
  'kernel/package.json': exported('kernel'),
  'plugins/a/package.json': exported('a'),
  'plugins/b/package.json': exported('b'),
  'host-cli/package.json': exported('host-cli', './node-host'),
  'host-web/package.json': exported('host-web', './build'),
  'test/package.json': exported('test'),
}

const imports = (specifier: string) => `import { x } from '${specifier}'`

test('imports point inward', () => holds(importsPointInward))

test('the sdk imports nothing of ours, its test kit alone the kernel', () => {
  const found = broken(importsPointInward, {
    ...rooms,
    'sdk/token.ts': imports('@palabre/kernel'),
    'sdk/conformance/store.ts': imports('@palabre/kernel'),
    'sdk/testkit/host.ts': imports('@palabre/kernel'),
    'sdk/testkit/peek.ts': imports('@palabre/a'),
  })
  assert.equal(found, ['sdk/conformance/store.ts:1', 'sdk/testkit/peek.ts:1', 'sdk/token.ts:1'])
})

test('the kernel imports the sdk and no plugin', () => {
  const found = broken(importsPointInward, {
    ...rooms,
    'kernel/plan.ts': `import { Token } from '@palabre/sdk'\nexport { x } from '@palabre/a'`,
  })
  assert.equal(found, ['kernel/plan.ts:2'])
})

test('a plugin imports the sdk, never another plugin or the kernel, in whatever form', () => {
  const found = broken(importsPointInward, {
    ...rooms,
    'plugins/a/index.ts': imports('@palabre/sdk'),
    'plugins/a/by-name.ts': imports('@palabre/b'),
    'plugins/a/by-path.ts': imports('../b/index.ts'),
    'plugins/a/late.ts': `const b = await import('@palabre/b')`,
    'plugins/a/named.ts': `const name = import.meta.resolve('@palabre/b')`,
    'plugins/a/old.ts': `const b = require('@palabre/b')\nimport c = require('@palabre/b')`,
    'plugins/a/only-types.ts': `import type { B } from '@palabre/b'\nlet k: import('@palabre/kernel').Kernel`,
    'plugins/a/b.ts': `// import { x } from '@palabre/b'\nexport const text = "import x from '@palabre/b'"`,
  })
  assert.equal(found, [
    'plugins/a/by-name.ts:1',
    'plugins/a/by-path.ts:1',
    'plugins/a/late.ts:1',
    'plugins/a/named.ts:1',
    'plugins/a/old.ts:1',
    'plugins/a/old.ts:2',
    'plugins/a/only-types.ts:1',
    'plugins/a/only-types.ts:2',
  ])
})

test('a host imports kernel and sdk, no plugin and no other host, except what hosts lend each other', () => {
  const found = broken(importsPointInward, {
    ...rooms,
    'host-cli/boot.ts': `${imports('@palabre/kernel')}\n${imports('@palabre/sdk')}\n${imports('@palabre/a')}`,
    'host-desktop/boot.ts': `${imports('@palabre/host-cli/node-host')}\n${imports('@palabre/host-cli/argv')}`,
    'host-desktop/page.ts': `${imports('@palabre/host-web/build')}\n${imports('@palabre/host-web/serve')}`,
    'host-web/build.ts': imports('@palabre/host-cli/node-host'),
    'sdk/boot.ts': imports('@palabre/host-cli/node-host'),
  })
  assert.equal(found, ['host-cli/boot.ts:3', 'host-desktop/boot.ts:2', 'host-desktop/page.ts:2', 'sdk/boot.ts:1'])
})

test('the tests look into every room and no room looks into the tests', () => {
  const found = broken(importsPointInward, {
    ...rooms,
    'test/story/all.story.ts': `${imports('@palabre/kernel')}\n${imports('@palabre/a')}\n${imports('@palabre/host-cli/node-host')}`,
    'plugins/a/a.test.ts': imports('@palabre/test'),
  })
  assert.equal(found, ['plugins/a/a.test.ts:1'])
})

test('the advice fits who reaches for whom', () => {
  const advice = (from: string, to: string) => importsPointInward(plantedHouse({ ...rooms, [from]: imports(to) }))[0]!.says
  assert.match(advice('kernel/plan.ts', '@palabre/test'), 'Nothing imports the tests')
  assert.match(advice('kernel/plan.ts', '@palabre/host-cli/node-host'), 'Nothing imports a host')
  assert.match(advice('host-cli/boot.ts', '@palabre/a'), 'by the names in plugins.json')
  assert.match(advice('plugins/b/index.ts', '@palabre/a'), 'through a contract only')
  assert.match(advice('kernel/plan.ts', '@palabre/a'), 'through a contract only')
  assert.match(advice('plugins/a/index.ts', '@palabre/kernel'), 'Only hosts')
})

test.run()
