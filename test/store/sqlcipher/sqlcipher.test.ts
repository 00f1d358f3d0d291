// slow, limit: 300 s
import { add, idOf } from '@palabre/sdk/conformance/store-samples'
import { labels } from '@palabre/sdk/contract/labels'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openKept } from '../kept-profile.ts'
import { buildSqlcipher, type Ask } from './build.ts'

const name = 'SQLCipher itself opens the file with the key and finds it whole; with another key it does not'
const folder = mkdtempSync(join(tmpdir(), 'palabre-sqlcipher-'))
const built = buildSqlcipher(folder)
if ('ask' in built) test(name, () => openWith(built.ask))
else {
  console.log(`SKIPPED: ${name}: ${built.missing}`)
  test.skip(name)
}
test.after(() => rmSync(folder, { recursive: true }))

async function openWith(ask: Ask): Promise<void> {
  const { store, vault, close } = await openKept(folder)
  const key = vault.derive(labels.store.database)
  for (let n = 1; n <= 300; n++) await store.commit([add(n, { text: `a word that is looked for ${n}` })])
  await close()
  const answers = (query: string, given = key) => ask(join(folder, 'store.db'), given, query)

  assert.match(answers('PRAGMA cipher_version').rows.join(), /^4\./)
  assert.equal(answers('PRAGMA cipher_integrity_check'), { rows: [], error: '' }, 'the MAC of every page holds')
  assert.equal(answers('PRAGMA integrity_check').rows, ['ok'])
  assert.equal(answers('SELECT count(*) FROM messages').rows, ['300'])
  assert.equal(answers(`SELECT text FROM messages WHERE id = '${idOf(7)}'`).rows, ['a word that is looked for 7'])
  const refused = answers(
    'SELECT count(*) FROM messages',
    key.map((byte) => byte ^ 1),
  )
  assert.equal(refused.rows, [])
  assert.match(refused.error, 'file is not a database')
}

test.run()
