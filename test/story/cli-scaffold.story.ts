// slow, limit: 600 s
import { execFileSync, spawnSync } from 'node:child_process'
import { constants, cpSync, existsSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { newPerson, repository, type Person } from './cli-process.ts'

/** The repository as a clone of its own, with the same packages; links between its rooms lead to its own rooms. */
function cloneOf(person: Person): string {
  const clone = join(person.folder, 'clone')
  execFileSync('git', ['clone', '--quiet', repository, clone])
  cpSync(join(repository, 'node_modules'), join(clone, 'node_modules'), {
    recursive: true,
    verbatimSymlinks: true,
    mode: constants.COPYFILE_FICLONE,
  })
  return clone
}

function npm(clone: string, ...args: string[]) {
  const PATH = [dirname(process.execPath), process.env['PATH']].join(delimiter)
  return spawnSync('npm', args, {
    cwd: clone,
    encoding: 'utf8',
    env: { ...process.env, PATH },
    shell: process.platform === 'win32',
  })
}

test('a new plugin of the house runs, passes its tests and everything verify knows, untouched', async () => {
  await using person = newPerson()
  const clone = cloneOf(person)
  const palabre = (...args: string[]) =>
    person.start(args, { command: [process.execPath, join(clone, 'host-cli', 'palabre.ts')] }).ended

  const made = await palabre('create', 'plugin', 'story-made')
  assert.equal([made.code, made.err], [0, ''])
  assert.match(made.out, 'plugins/story-made is written and switched on.\n')
  const tried = /Try it: +palabre (.*)\n/.exec(made.out)![1]!
  assert.match((await palabre(...tried.split(' '))).out, /^Hello, Awa! It is \d\d:\d\d UTC\.\n$/)

  const tested = npm(clone, 'test', '--silent', '--', 'story-made')
  assert.is(tested.status, 0, tested.stdout)
  assert.match(tested.stdout, /\n4 passed, 0 failed\n$/)
  assert.not.match(tested.stderr, 'install')
  const verified = npm(clone, 'run', '--silent', 'verify')
  assert.match(verified.stdout, /\n\d{3,} passed, \d+ failed\n$/)
  assert.not.match(verified.stdout, 'story-made')

  assert.is((await palabre('plugins', 'disable', 'story-made')).code, 0)
  assert.is((await palabre(...tried.split(' '))).code, 2)
  const again = await palabre('create', 'plugin', 'story-made')
  assert.equal([again.code, again.err.split('\n')[1]], [2, 'Choose another name.'])
})

test('a new plugin outside the house runs from where it was written, with one line in plugins.json', async () => {
  await using person = newPerson()
  const made = await person.start(['create', 'plugin', 'story-made', '--dir', 'mine'], { cwd: person.folder }).ended
  assert.equal([made.code, made.err], [0, ''])
  const folder = join(person.folder, 'mine', 'story-made')
  assert.ok(existsSync(join(folder, 'index.ts')))
  person.write({ 'profile/plugins.json': JSON.parse(/\{.*\}/.exec(made.out)![0]) as object })
  const tried = /Try it: palabre (.*)\n/.exec(made.out)![1]!
  assert.match((await person.palabre(...tried.split(' '))).out, /^Hello, Awa! It is /)
  assert.is((await person.palabre('plugins', 'config', 'story-made', 'word=Salut')).code, 0)
  assert.match((await person.palabre(...tried.split(' '))).out, /^Salut, Awa!/)
  assert.equal(JSON.parse(readFileSync(person.settings, 'utf8')), {
    plugins: { 'story-made': { from: folder, config: { word: 'Salut' } } },
  })
})

test.run()
