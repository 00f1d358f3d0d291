import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { newPerson } from './cli-process.ts'

test('a first start keeps an encrypted store, which is not there without its plugin', async () => {
  await using person = newPerson()
  assert.is((await person.palabre('contacts', 'list')).code, 0)
  const file = readFileSync(join(person.profileDir, 'store.db'))
  assert.ok(file.length >= 4096)
  assert.not.match(file.toString('latin1'), 'SQLite format')
  assert.not.match(file.toString('latin1'), 'messages')

  await using other = newPerson({ plugins: { 'store-sqlite': false } })
  const without = await other.palabre('contacts', 'list')
  assert.is(without.code, 2)
  assert.match(without.err, 'store-sqlite')
  assert.is(existsSync(join(other.profileDir, 'store.db')), false)
})

test('a private session keeps its messages in memory, and says so', async () => {
  await using person = newPerson()
  const { code, err, out } = await person.palabre('contacts', 'list', '--profile', 'private', '--json')
  assert.is(code, 0)
  assert.equal(JSON.parse(out), [])
  assert.match(err, 'nothing is kept')
  assert.not(readdirSync(person.profileDir).some((name) => name.startsWith('store')))
})

test('while one Palabre is up, another that will not run in it is refused, and spoils nothing', async () => {
  await using person = newPerson()
  const run = person.start(['run', '--json'])
  await run.says('"running":[')
  const { code, err } = await person.palabre('contacts', 'list', '--no-attach')
  assert.is(code, 2)
  assert.match(err, /another|running/)
  assert.is((await person.palabre('contacts', 'list')).code, 0)
  run.signal('SIGINT')
  assert.is((await run.ended).code, 0)
  assert.is((await person.palabre('contacts', 'list')).code, 0)
})

test.run()
