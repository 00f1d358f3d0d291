import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { newPerson } from './cli-process.ts'

test('a first start keeps an encrypted store, which is not there without its plugin', async () => {
  await using person = newPerson()
  assert.is((await person.palabre('id', 'show')).code, 0)
  const file = readFileSync(join(person.profileDir, 'store.db'))
  assert.ok(file.length >= 4096)
  assert.not.match(file.toString('latin1'), 'SQLite format')
  assert.not.match(file.toString('latin1'), 'messages')

  await using other = newPerson({ plugins: { 'store-sqlite': false } })
  assert.is((await other.palabre('id', 'show')).code, 0)
  assert.is(existsSync(join(other.profileDir, 'store.db')), false)
})

test('a private session keeps its messages in memory, and says so', async () => {
  await using person = newPerson()
  const { code, err, out } = await person.palabre('plugins', 'list', '--profile', 'private', '--json')
  assert.is(code, 0)
  const states = (JSON.parse(out) as { id: string; state: string }[]).filter(({ id }) => id.startsWith('store-'))
  assert.equal(
    states.filter(({ state }) => state === 'running').map(({ id }) => id),
    ['store-memory'],
  )
  assert.match(err, 'nothing is kept')
  assert.not(readdirSync(person.profileDir).some((name) => name.startsWith('store')))
})

test('while one Palabre is up, a second one is told who has the store, and spoils nothing', async () => {
  await using person = newPerson()
  const run = person.start(['run', '--json'])
  await run.says('"running":[')
  const { out } = await person.palabre('plugins', 'why', 'store-sqlite')
  assert.match(out, 'another Palabre has store.db open')
  run.signal('SIGINT')
  assert.is((await run.ended).code, 0)
  assert.match((await person.palabre('plugins', 'why', 'store-sqlite')).out, 'running')
})

test.run()
