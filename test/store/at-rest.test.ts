import { add, idOf, row } from '@palabre/sdk/conformance/store-samples'
import type { Store } from '@palabre/sdk/contract/store'
import { labels } from '@palabre/sdk/contract/labels'
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openKept } from './kept-profile.ts'
import { decryptSqlcipher4 } from './sqlcipher-file.ts'

const marker = 'unmistakablemarker'
const bytes = Buffer.from(marker)

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-rest-'))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The marker wherever a person's words can stand. */
async function writeMarkers(store: Store): Promise<void> {
  await store.commit([
    add(1, { text: `${marker} in a text`, conversation: `${marker} conversation`, author: `${marker} author` }),
    { do: 'put', kind: 'contact', key: `${marker} key`, value: bytes },
    { do: 'put', kind: 'draft', key: 'alice', value: bytes },
    { do: 'alter', id: idOf(1), set: { reactions: { [marker]: marker }, why: marker } },
    { do: 'enqueue', row: row(1, { conversation: marker, storedAt: [marker] }) },
  ])
  for (let n = 2; n < 400; n++) await store.commit([add(n, { text: `${marker} number ${n} ${'and more '.repeat(30)}` })])
}

function holding(folder: string, needles: readonly Buffer[]): string[] {
  return readdirSync(folder).filter((name) => needles.some((needle) => readFileSync(join(folder, name)).includes(needle)))
}

test('no word and no key stands in any file, while it is open or afterwards', () =>
  inFolder(async (folder) => {
    const { store, vault, close } = await openKept(folder)
    const key = Buffer.from(vault.derive(labels.store.database))
    const needles = [bytes, key, Buffer.from(key.toString('hex')), Buffer.from(key.toString('base64'))]
    await writeMarkers(store)
    assert.ok(readdirSync(folder).includes('store.db-wal'))
    assert.equal(holding(folder, needles), [])
    const elsewhere = readdirSync('/proc/self/fd').flatMap((fd) => linkOf(`/proc/self/fd/${fd}`))
    assert.equal(
      elsewhere.filter((path) => /etilqs|\(deleted\)/.test(path)),
      [],
      'no nameless file of the driver’s either',
    )
    await store.search(marker, { limit: 500 })
    await close()
    assert.equal(holding(folder, needles), [])
    writeFileSync(join(folder, 'planted'), `x${marker}`)
    assert.equal(holding(folder, needles), ['planted'], 'the look would have seen one')
  }))

test('it is SQLCipher 4: a second reader opens it with the key, and with no other', () =>
  inFolder(async (folder) => {
    const { store, vault, close } = await openKept(folder)
    const key = vault.derive(labels.store.database)
    await writeMarkers(store)
    await close()
    const file = readFileSync(join(folder, 'store.db'))
    const plain = decryptSqlcipher4(file, key)
    assert.ok(plain.includes(bytes))
    writeFileSync(join(folder, 'plain.db'), plain)
    const database = new DatabaseSync(join(folder, 'plain.db'), { readOnly: true })
    assert.equal({ ...database.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' })
    assert.equal({ ...database.prepare('SELECT count(*) AS count FROM messages').get() }, { count: 399 })
    assert.equal({ ...database.prepare('SELECT text FROM messages WHERE id = ?').get(idOf(1)) }, { text: `${marker} in a text` })
    database.close()
    assert.throws(
      () =>
        decryptSqlcipher4(
          file,
          key.map((byte) => byte ^ 1),
        ),
      /MAC of page 1/,
    )
    file[file.length - 2000]! ^= 1
    assert.throws(() => decryptSqlcipher4(file, key), /MAC/)
  }))

test('what was erased is nowhere in the file, not even unsealed', () =>
  inFolder(async (folder) => {
    const { store, vault, close } = await openKept(folder)
    const key = vault.derive(labels.store.database)
    await writeMarkers(store)
    await store.commit([add(1000, { conversation: 'bob', text: 'stays' })])
    for (let n = 1; n < 200; n++) await store.commit([{ do: 'erase', id: idOf(n) }])
    for (let n = 200; n < 300; n++) await store.commit([{ do: 'alter', id: idOf(n), set: { text: '', deletedAt: 1 } }])
    await store.commit([
      { do: 'clear', conversation: 'alice' },
      { do: 'clear', conversation: `${marker} conversation` },
      { do: 'clear', conversation: marker },
      { do: 'remove', kind: 'contact', key: `${marker} key` },
    ])
    assert.is(readFileSync(join(folder, 'store.db-wal')).length, 0, 'nor in its log')
    const open = decryptSqlcipher4(readFileSync(join(folder, 'store.db')), key)
    assert.ok(open.includes('stays'))
    assert.is(open.indexOf(bytes), -1)
    await close()
  }))

function linkOf(path: string): string[] {
  try {
    return [readlinkSync(path)]
  } catch {
    return []
  }
}

test.run()
