import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { namesTell } from './names-tell.ts'
import { broken } from './planted-house.ts'
import { holds } from './real-house.ts'

const files = (...paths: string[]) => Object.fromEntries(paths.map((path) => [path, '']))

test('names tell', () => holds(namesTell))

test('the top level holds the rooms and what tools and readers demand', () => {
  const demanded = ['package.json', 'package-lock.json', 'tsconfig.json', 'plugins.json', 'README.md', 'LICENSE', 'SECURITY.md']
  const dotfiles = ['.gitignore', '.oxlintrc.json', '.ci/run', '.github/workflows/test.yml']
  const containers = ['compose.yaml', 'compose.relay.yaml', 'Dockerfile']
  const rooms = ['host-android/README.md', 'test/run.ts', 'plugins/README.md']
  assert.equal(broken(namesTell, files(...demanded, ...dotfiles, ...containers, ...rooms)), [])
  const strays = ['CHANGELOG.md', 'run.sh', 'TODO.md', 'vite.config.ts', 'packages/a/index.ts', 'hosts/x.ts', 'scripts/build.ts']
  assert.equal(
    broken(namesTell, files(...strays)).filter((path) => !path.includes('/')),
    ['CHANGELOG.md', 'TODO.md', 'hosts', 'packages', 'run.sh', 'scripts', 'vite.config.ts'],
  )
})

for (const drawer of [
  'kernel/utils.ts',
  'kernel/string-utils.ts',
  'kernel/types.d.ts',
  'kernel/types.test.ts',
  'sdk/core.ts',
  'kernel/session-manager.ts',
  'host-web/page/helpers.css',
]) {
  test(`the file ${drawer} is a drawer`, () => assert.equal(broken(namesTell, files(drawer)), [drawer]))
}

for (const folder of ['kernel/src', 'kernel/lib', 'sdk/docs', 'test/helpers', 'plugins/store-common']) {
  test(`the folder ${folder} is a drawer`, () => assert.equal(broken(namesTell, files(`${folder}/plan.ts`)), [folder]))
}

test('a word that says which is no drawer, and the plugin that manages plugins is called so', () => {
  const fine = ['kernel/shared-worker.ts', 'kernel/type-name.ts', 'kernel/corel.ts', 'kernel/common-words.ts', 'kernel/src.ts']
  const plugin = ['plugins/plugin-manager/plugin-manager.ts', 'plugins/plugin-manager/plugin-manager.test.ts']
  assert.equal(broken(namesTell, files(...fine, ...plugin)), [])
})

test('names are in kebab-case, in folders too', () => {
  const wrong = [
    'kernel/Plan.ts',
    'kernel/hookOrder.ts',
    'kernel/hook_order.ts',
    'kernel/deepDown/plan.ts',
    'sdk/Readme.md',
    'kernel/a--b.ts',
  ]
  const right = [
    'kernel/hook-order.ts',
    'kernel/x.node.test.ts',
    'sdk/CHANGELOG.md',
    'sdk/README.md',
    'sdk/.npmignore',
    'sdk/3-way.ts',
  ]
  assert.equal(broken(namesTell, files(...wrong, ...right)).toSorted(), [
    'kernel/Plan.ts',
    'kernel/a--b.ts',
    'kernel/deepDown',
    'kernel/hookOrder.ts',
    'kernel/hook_order.ts',
    'sdk/Readme.md',
  ])
})

test('published vectors keep their names', () => {
  assert.equal(broken(namesTell, files('test/vectors/RFC8439/KAT_1.rsp', 'test/vectors/src/types.json')), [])
})

test.run()
