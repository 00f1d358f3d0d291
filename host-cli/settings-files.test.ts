import { once } from 'node:events'
import {
  chmodSync,
  mkdirSync,
  mkdtempDisposableSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isPalabreError, type PalabreError } from '@palabre/sdk'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openSettingsFiles } from './settings-files.ts'

const freshFolder = () => mkdtempDisposableSync(join(tmpdir(), 'palabre-settings-'))
const open = (folder: string, named?: string) => {
  const shipped = join(folder, 'shipped', 'plugins.json')
  mkdirSync(join(folder, 'shipped'))
  writeFileSync(shipped, '{ "plugins": { "a": true } }')
  return openSettingsFiles(join(folder, 'profile'), named, { shipped })
}
const write = (file: string, json: string) => {
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, json)
}
const thrown = async (fn: () => unknown): Promise<PalabreError> => {
  try {
    await fn()
  } catch (error) {
    if (isPalabreError(error)) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

test('the shipped file is read first, the own over it; without an own there is one layer', async () => {
  using folder = freshFolder()
  const files = open(folder.path)
  assert.equal(
    files.read().map(({ json }) => json),
    ['{ "plugins": { "a": true } }'],
  )
  await files.edit({ plugin: 'a', enabled: false })
  assert.equal(
    files.read().map(({ source }) => source),
    [join(folder.path, 'shipped', 'plugins.json'), files.own],
  )
  assert.is(statSync(files.own).mode & 0o777, 0o600)
})

test('a file named by --plugins must exist, and is the one that is edited', async () => {
  using folder = freshFolder()
  const named = join(folder.path, 'mine.json')
  const files = open(folder.path, named)
  const error = await thrown(files.read)
  assert.is(error.code, 'bad-settings')
  assert.match(error.text.en, named)
  assert.match(error.todo!.fr, '--plugins')
  write(named, '{}')
  await files.edit({ plugin: 'a', enabled: false })
  assert.equal(JSON.parse(readFileSync(named, 'utf8')), { plugins: { a: false } })
})

test('a file that does not hold is refused with the place, and not a byte of it is written', async () => {
  using folder = freshFolder()
  const files = open(folder.path)
  for (const [json, place] of [
    ['{ "plugins": { "a": true, } }', ':1:27'],
    ['{ "plugins": [] }', '/plugins'],
    ['{ "plugin": {} }', '/plugin'],
    ['{ "plugins": { "__proto__": true } }', '/plugins/__proto__'],
  ] as const) {
    write(files.own, json)
    const error = await thrown(() => files.edit({ plugin: 'a', enabled: false }))
    assert.is(error.code, 'bad-settings')
    assert.match(error.text.en, files.own)
    assert.match(error.text.en, place)
    assert.is(readFileSync(files.own, 'utf8'), json)
  }
  assert.equal(readdirSync(join(folder.path, 'profile')), ['plugins.json', 'plugins.lock'])
})

test('a change that the next start would refuse is not written', async () => {
  using folder = freshFolder()
  const files = open(folder.path)
  const config = JSON.parse('{ "x": { "__proto__": 1 } }') as object
  assert.match((await thrown(() => files.edit({ plugin: 'a', config }))).text.en, '/plugins/a/config/x/__proto__')
  assert.is(files.read().length, 1)
})

test('a link stays a link, and a file keeps its permissions', async () => {
  using folder = freshFolder()
  const files = open(folder.path)
  const real = join(folder.path, 'dotfiles', 'palabre.json')
  write(real, '{}')
  chmodSync(real, 0o640)
  mkdirSync(join(folder.path, 'profile'))
  symlinkSync(real, files.own)
  await files.edit({ plugin: 'a', enabled: false })
  assert.is(readlinkSync(files.own), real)
  assert.equal(JSON.parse(readFileSync(real, 'utf8')), { plugins: { a: false } })
  assert.is(statSync(real).mode & 0o777, 0o640)
})

test('a file that cannot be read, and one that cannot be written, are told with the file and what to do', async () => {
  using folder = freshFolder()
  write(join(folder.path, 'profile'), 'a file where the folder should be')
  const files = open(folder.path)
  const unread = await thrown(() => files.edit({ plugin: 'a', enabled: false }))
  assert.is(unread.code, 'bad-settings')
  assert.match(unread.text.fr, `${files.own} ne peut être lu : `)
  assert.is(unread.todo!.en, 'Make it a file that can be read.')

  // The new content is first written beside it, under a name that is still longer.
  const named = join(folder.path, 'a'.repeat(250))
  write(named, '{}')
  const error = await thrown(() => openSettingsFiles(folder.path, named).edit({ plugin: 'a', enabled: false }))
  assert.is(error.code, 'storage-failed')
  assert.match(error.text.fr, `${named} ne peut être écrit : `)
  assert.is(error.todo!.en, 'Make the file and its folder writable.')
  assert.is(readFileSync(named, 'utf8'), '{}')
})

/** Resolves with how often the followers were called once they were. */
function followed(files: ReturnType<typeof open>) {
  const target = new EventTarget()
  // Watching files alone does not keep a process alive.
  const alive = setInterval(() => undefined, 2 ** 30)
  let calls = 0
  const following = files.follow(() => {
    calls++
    target.dispatchEvent(new Event('changed'))
  })
  const end = () => {
    clearInterval(alive)
    following[Symbol.dispose]()
  }
  return { changed: () => once(target, 'changed'), calls: () => calls, [Symbol.dispose]: end }
}

test('edits in place, by an editor that replaces the file, of the shipped file, and removal are seen', async () => {
  using folder = freshFolder()
  const files = open(folder.path)
  write(files.own, '{}')
  using following = followed(files)
  const shipped = join(folder.path, 'shipped', 'plugins.json')
  const edits = [
    () => writeFileSync(files.own, '{ "plugins": {} }'),
    () => writeFileSync(files.own, '{}'),
    () => {
      writeFileSync(`${files.own}.swp`, '{ "bindings": {} }')
      renameSync(`${files.own}.swp`, files.own)
    },
    () => writeFileSync(files.own, '{ "plugins": { "a": true } }'),
    () => writeFileSync(shipped, '{}'),
    () => rmSync(files.own),
    () => writeFileSync(files.own, '{}'),
  ]
  for (const [i, edit] of edits.entries()) {
    const changed = following.changed()
    edit()
    await changed
    assert.is(following.calls(), i + 1)
  }
})

test('what a link leads to is followed too', async () => {
  using folder = freshFolder()
  const files = open(folder.path)
  const real = join(folder.path, 'dotfiles', 'palabre.json')
  write(real, '{}')
  mkdirSync(join(folder.path, 'profile'))
  symlinkSync(real, files.own)
  using following = followed(files)
  const changed = following.changed()
  writeFileSync(real, '{ "plugins": {} }')
  await changed
  assert.is(following.calls(), 1)
})

test('what does not change what is said is no edit, and nothing is seen after the end', async () => {
  using folder = freshFolder()
  const files = open(folder.path)
  write(files.own, '{}')
  const following = followed(files)
  writeFileSync(files.own, '{}')
  write(join(folder.path, 'profile', 'other.json'), '{ }')
  const changed = following.changed()
  await afterAnEditIsSeen(folder.path)
  assert.is(following.calls(), 0)
  writeFileSync(files.own, '{ "plugins": {} }')
  await changed
  following[Symbol.dispose]()
  writeFileSync(files.own, '{}')
  await afterAnEditIsSeen(folder.path)
  assert.is(following.calls(), 1)
})

test.run()

/** As long as the following of another edit takes: what was to be seen before has been. */
async function afterAnEditIsSeen(folder: string): Promise<void> {
  const files = openSettingsFiles(join(folder, 'elsewhere'), undefined, {
    shipped: join(folder, 'elsewhere-shipped', 'plugins.json'),
  })
  write(files.own, '{}')
  using following = followed(files)
  for (const json of ['{ }', '{  }']) {
    const changed = following.changed()
    writeFileSync(files.own, json)
    await changed
  }
}
