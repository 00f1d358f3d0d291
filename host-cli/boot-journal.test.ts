import { spawnSync } from 'node:child_process'
import { mkdtempDisposableSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isPalabreError } from '@palabre/sdk'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { fileJournal, makeProfileDir } from './boot-journal.ts'

const freshFolder = () => mkdtempDisposableSync(join(tmpdir(), 'palabre-journal-'))
const content = '{"starting":["a"],"deaths":{"b":1}}'
const leftBy = (pid: number | undefined) => JSON.stringify({ pid, ...(JSON.parse(content) as object) })

test('what one host saved, the next one of its kind loads, and a host of another kind does not', () => {
  using folder = freshFolder()
  assert.is(fileJournal(folder.path, 'cli').load(), undefined)
  fileJournal(folder.path, 'cli').save(content)
  assert.is(fileJournal(folder.path, 'cli').load(), content)
  assert.is(fileJournal(folder.path, 'desktop').load(), undefined)
  assert.is(statSync(join(folder.path, 'boot-cli.json')).mode & 0o777, 0o600)
})

test('what another process is starting now is not held against it; what a dead one was starting is', () => {
  using folder = freshFolder()
  const file = join(folder.path, 'boot-cli.json')
  const dead = spawnSync(process.execPath, ['-e', '0']).pid
  for (const [pid, starting] of [
    [process.ppid, []],
    [dead, ['a']],
    [undefined, ['a']],
  ] as const) {
    writeFileSync(file, leftBy(pid))
    assert.equal(JSON.parse(fileJournal(folder.path, 'cli').load()!), { starting, deaths: { b: 1 } })
  }
  fileJournal(folder.path, 'cli').save(content)
  assert.is(JSON.parse(readFileSync(file, 'utf8')).pid, process.pid)
})

test('a damaged journal counts as none, and one that cannot be written keeps nobody from starting', () => {
  using folder = freshFolder()
  writeFileSync(join(folder.path, 'boot-cli.json'), '{"starting":')
  assert.is(fileJournal(folder.path, 'cli').load(), undefined)
  const nowhere = fileJournal(join(folder.path, 'missing'), 'cli')
  nowhere.save(content)
  assert.is(nowhere.load(), undefined)
})

test('the profile folder is its owner’s alone; one that cannot be made is told with the way out', () => {
  using folder = freshFolder()
  const profile = join(folder.path, 'deep', 'profile')
  makeProfileDir(profile)
  makeProfileDir(profile)
  assert.is(statSync(profile).mode & 0o777, 0o700)
  writeFileSync(join(folder.path, 'file'), '')
  try {
    makeProfileDir(join(folder.path, 'file', 'profile'))
    assert.unreachable()
  } catch (error) {
    assert.ok(isPalabreError(error) && error.code === 'storage-failed')
    assert.match(error.todo!.fr, '--profile-dir')
  }
})

test.run()
