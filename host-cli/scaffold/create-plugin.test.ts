import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempDisposableSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readManifest } from '@palabre/kernel/reading'
import { isPalabreError, sdkVersion } from '@palabre/sdk'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { projectRoot } from '../places.ts'
import { createPlugin } from './create-plugin.ts'
import { pluginTemplate } from './plugin-template.ts'

const refusal = async (name: string, dir?: string) => {
  try {
    await createPlugin({ name, ...(dir === undefined ? {} : { dir }) })
  } catch (error) {
    if (isPalabreError(error)) return error
    throw error
  }
  return assert.unreachable() as never
}

test('outside the house a folder is written, and the line that switches it on is said', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'palabre-scaffold-'))
  const house = readFileSync(join(projectRoot, 'plugins.json'), 'utf8')
  const made = await createPlugin({ name: 'filter-links', dir: join(folder.path, 'deep') })
  assert.is(made.folder, join(folder.path, 'deep', 'filter-links'))
  assert.equal(readdirSync(made.folder).toSorted(), [...made.files].toSorted())
  for (const said of [made.text.en, made.text.fr]) {
    const line = /\{.*\}/.exec(said)![0]
    assert.equal(JSON.parse(line), { plugins: { 'filter-links': { from: made.folder } } })
    assert.match(said, 'palabre filter-links hello --name Awa')
  }
  assert.is(readFileSync(join(projectRoot, 'plugins.json'), 'utf8'), house)
})

test('its manifest holds, and its package is named as its place asks', () => {
  for (const inHouse of [true, false]) {
    const files = pluginTemplate('view-x', inHouse)
    assert.is(readManifest(JSON.parse(files['manifest.json']!), 'test').id, 'view-x')
    assert.is(JSON.parse(files['package.json']!).name, inHouse ? '@palabre/view-x' : 'view-x')
  }
  assert.equal(JSON.parse(pluginTemplate('x', true)['package.json']!).dependencies, { '@palabre/sdk': sdkVersion })
  assert.equal(JSON.parse(pluginTemplate('x', false)['package.json']!).peerDependencies, { '@palabre/sdk': `^${sdkVersion}` })
})

test('what is written is formatted as the house formats, whatever its name', () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'palabre-scaffold-'))
  for (const inHouse of [true, false]) {
    for (const name of ['a', 'filter-links', 'filter'.padEnd(60, 's')]) {
      const here = join(folder.path, `${name}-${inHouse}`)
      mkdirSync(here)
      for (const [file, content] of Object.entries(pluginTemplate(name, inHouse))) writeFileSync(join(here, file), content)
    }
  }
  const oxfmt = join(projectRoot, 'node_modules', 'oxfmt', 'bin', 'oxfmt')
  const { status, stdout } = spawnSync(
    process.execPath,
    [oxfmt, '--check', '-c', join(projectRoot, '.oxfmtrc.json'), folder.path],
    {
      encoding: 'utf8',
    },
  )
  assert.is(status, 0, stdout)
  assert.match(stdout, 'All matched files')
})

test('a folder that exists is left as it is', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'palabre-scaffold-'))
  const { folder: made } = await createPlugin({ name: 'a', dir: folder.path })
  const before = readFileSync(join(made, 'index.ts'), 'utf8')
  const error = await refusal('a', folder.path)
  assert.equal([error.code, error.text.en], ['bad-argument', `${made} exists already`])
  assert.is(readFileSync(join(made, 'index.ts'), 'utf8'), before)
  assert.is((await refusal('clock-system')).text.fr, `${join(projectRoot, 'plugins', 'clock-system')} existe déjà`)
})

test('a name that could be none is refused before anything is written', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'palabre-scaffold-'))
  for (const name of ['', 'Foo', 'a b', '../a', 'a/b', '1a', 'a--b', 'a-', '-a', '__proto__', 'é', 'a'.repeat(61)]) {
    const error = await refusal(name, folder.path)
    assert.equal([error.code, error.text.en], ['bad-argument', `"${name}" cannot be the name of a plugin`])
    assert.ok(error.todo!.fr.includes('tirets'))
  }
  assert.equal(readdirSync(folder.path), [])
  assert.not(existsSync(join(folder.path, '..', 'a')))
})

test.run()
