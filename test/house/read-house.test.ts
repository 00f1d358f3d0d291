import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readHouse, theHouse } from './read-house.ts'

test('this house is read with its rooms', () => {
  const rooms = theHouse().rooms.map((room) => room.path)
  for (const room of ['sdk', 'kernel', 'host-cli', 'plugins/clock-system', 'test']) assert.ok(rooms.includes(room), room)
  assert.is(theHouse().roomNamed('@palabre/kernel')?.path, 'kernel')
})

test('every file is read, dotfiles too, but for what git ignores', () => {
  const root = mkdtempSync(join(tmpdir(), 'palabre-house-'))
  try {
    const files = { '.gitignore': '# built\nnode_modules/\n\n*.log\n', '.ci/run': 'run', 'sdk/token.ts': 'token' }
    const ignored = { '.git/HEAD': '', 'node_modules/a/index.js': '', 'sdk/node_modules/b.ts': '', 'kernel/x.log': '' }
    for (const [path, text] of Object.entries({ ...files, ...ignored })) {
      mkdirSync(join(root, dirname(path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    const house = readHouse(root)
    assert.equal(house.paths, ['.ci/run', '.gitignore', 'sdk/token.ts'])
    assert.is(house.text('sdk/token.ts'), 'token')
  } finally {
    rmSync(root, { recursive: true })
  }
})

test.run()
