import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { makeFolder } from './make-folder.ts'

const test = suite<{ folder: string }>('make a folder')
test.before.each((context) => void (context.folder = mkdtempSync(join(tmpdir(), 'palabre-folder-'))))
test.after.each(({ folder }) => rmSync(folder, { recursive: true }))

test('with those above it, for its owner alone, and once more changes nothing', ({ folder }) => {
  const deep = join(folder, 'a', 'b')
  makeFolder(deep)
  makeFolder(deep)
  assert.is(statSync(deep).mode & 0o777, 0o700)
  assert.is(statSync(join(folder, 'a')).mode & 0o777, 0o700)
})

test('below a file it fails', ({ folder }) => {
  writeFileSync(join(folder, 'file'), '')
  assert.throws(() => makeFolder(join(folder, 'file', 'below')), 'ENOTDIR')
})

const onLinux = existsSync('/proc/self') ? test : test.skip
if (onLinux === test.skip) console.log('SKIPPED: a file system without room for folders: no /proc here')

onLinux('where no folder can be, it fails and does not go on for ever', () => {
  assert.throws(() => makeFolder('/proc/palabre/profile'), 'ENOENT')
})

test.run()
