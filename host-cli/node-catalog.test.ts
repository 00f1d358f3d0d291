import { mkdirSync, mkdtempDisposableSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { readSettings } from '@palabre/kernel/reading'
import { isPalabreError, isPlugin, PalabreError } from '@palabre/sdk'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readCatalog } from './node-catalog.ts'
import { projectRoot } from './places.ts'

const freshFolder = () => mkdtempDisposableSync(join(tmpdir(), 'palabre-catalog-'))
const catalog = (folder: string, plugins: object) =>
  readCatalog(readSettings([{ source: join(folder, 'plugins.json'), json: JSON.stringify({ plugins }) }]))
const write = (folder: string, files: Record<string, string>) => {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
}
const thrown = async (fn: () => unknown) => {
  try {
    await fn()
  } catch (error) {
    if (isPalabreError(error)) return error
    throw error
  }
  return assert.unreachable() as never
}
const code = "import { definePlugin } from '@palabre/sdk'\nexport const plugin = definePlugin({ start() {} })\n"
const manifest = '{ "id": "mine" }'

test('every plugin of the house is in it, on or not, and its code loads', async () => {
  const all = catalog(projectRoot, {})
  assert.equal(
    all.map(({ id }) => id),
    readdirSync(join(projectRoot, 'plugins')).filter((name) => !name.includes('.')),
  )
  const clock = all.find(({ id }) => id === 'clock-system')!
  assert.is((clock.manifest as { id: string }).id, 'clock-system')
  assert.ok(isPlugin(await clock.load()))
})

test('a path is seen from the plugins.json that names it, and its plugin needs no sdk of its own', async () => {
  using folder = freshFolder()
  write(folder.path, { 'deep/mine/manifest.json': manifest, 'deep/mine/index.ts': code })
  for (const from of ['./deep/mine', join(folder.path, 'deep', 'mine')]) {
    const mine = catalog(folder.path, { 'log-console': false, mine: { from } }).at(-1)!
    assert.equal(
      [mine.id, mine.folder, mine.source],
      ['mine', join(folder.path, 'deep', 'mine'), join(folder.path, 'deep', 'mine')],
    )
    assert.equal(mine.manifest, { id: 'mine' })
    assert.ok(isPlugin(await mine.load()))
  }
  const beside = catalog(join(folder.path, 'deep', 'x'), { mine: { from: '../mine' } }).at(-1)!
  assert.is(beside.folder, join(folder.path, 'deep', 'mine'))
})

test('any other name is an npm package, installed beside plugins.json, above it, or in the house', async () => {
  using folder = freshFolder()
  write(folder.path, {
    'node_modules/plain/manifest.json': manifest,
    'node_modules/plain/index.js': code,
    'node_modules/plain/index.ts': 'Node takes no TypeScript here',
    'node_modules/plain/package.json': '{ "type": "module" }',
    'deep/node_modules/@scope/named/manifest.json': manifest,
    'deep/node_modules/@scope/named/dist/main.mjs': code,
    'deep/node_modules/@scope/named/package.json': '{ "main": "dist/main.mjs" }',
  })
  const [plain, named, ours] = catalog(join(folder.path, 'deep'), {
    mine: { from: 'plain' },
    other: { from: '@scope/named' },
    third: { from: '@palabre/clock-system' },
  }).slice(-3)
  assert.is(plain!.folder, join(folder.path, 'node_modules', 'plain'))
  assert.is(named!.folder, join(folder.path, 'deep', 'node_modules', '@scope', 'named'))
  assert.is(ours!.folder, join(projectRoot, 'node_modules', '@palabre', 'clock-system'))
  for (const one of [plain!, named!, ours!]) assert.ok(isPlugin(await one.load()), one.folder)
})

test('a place where nothing is is told with the path in plugins.json and what to do', async () => {
  using folder = freshFolder()
  write(folder.path, { file: '' })
  for (const [from, place] of [
    ['./missing', join(folder.path, 'missing')],
    ['./file', join(folder.path, 'file')],
    ['palabre-not-installed', 'palabre-not-installed'],
  ] as const) {
    const error = await thrown(() => catalog(folder.path, { mine: { from } }))
    assert.is(error.code, 'bad-settings')
    for (const said of [error.text.en, error.text.fr]) {
      assert.match(said, `${join(folder.path, 'plugins.json')}: /plugins/mine/from`)
      assert.match(said, place)
    }
    assert.match(error.todo!.en, 'begins with / or ./ or ../')
  }
})

test('without code, or with a manifest that cannot be read, it is in the catalog with the reason', async () => {
  using folder = freshFolder()
  write(folder.path, { 'empty/manifest.json': manifest, 'broken/manifest.json': '{ "id": }', 'none/index.ts': code })
  const [empty, broken, none] = catalog(folder.path, {
    empty: { from: './empty' },
    broken: { from: './broken' },
    none: { from: './none' },
  }).slice(-3)
  const noCode = await thrown(() => empty!.load())
  assert.is(noCode.code, 'bad-plugin')
  assert.match(noCode.todo!.en, 'as "main" in package.json')
  assert.match(noCode.text.fr, `${join(folder.path, 'empty')} n’a ni index.ts ni index.js`)
  for (const one of [broken!, none!]) {
    assert.instance(one.manifest, PalabreError)
    assert.match((one.manifest as PalabreError).message, join(one.folder, 'manifest.json'))
  }
  assert.match((broken!.manifest as PalabreError).message, ':1:9')
})

test('code that is none is told with its file and line', async () => {
  using folder = freshFolder()
  write(folder.path, { 'mine/manifest.json': manifest, 'mine/index.ts': '\nexport const = 1\n' })
  const error = await thrown(() =>
    catalog(folder.path, { mine: { from: './mine' } })
      .at(-1)!
      .load(),
  )
  assert.is(error.code, 'bad-plugin')
  assert.match(error.text.en, `${join(folder.path, 'mine', 'index.ts')}:2 is not valid code: `)
  assert.match(error.text.fr, `${join(folder.path, 'mine', 'index.ts')}:2 n’est pas du code valide : `)
  assert.is(error.todo!.fr, 'Son auteur doit le corriger à cet endroit.')
})

test('the house lends the sdk, and nothing else of its own', async () => {
  using folder = freshFolder()
  write(folder.path, { 'mine/manifest.json': manifest, 'mine/index.ts': "import 'commander'" })
  const load = catalog(folder.path, { mine: { from: './mine' } }).at(-1)!.load
  const error = await load().catch((reason: unknown) => reason)
  assert.match((error as Error).message, "Cannot find package 'commander'")
})

test('two folders with one id are both in it, the house first', () => {
  using folder = freshFolder()
  write(folder.path, { 'mine/manifest.json': '{ "id": "clock-system" }' })
  const two = catalog(folder.path, { 'clock-system': { from: './mine' } }).filter(({ id }) => id === 'clock-system')
  assert.equal(
    two.map(({ folder: where }) => where),
    [join(projectRoot, 'plugins', 'clock-system'), join(folder.path, 'mine')],
  )
})

test.run()
