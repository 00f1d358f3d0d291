import { refused } from '@palabre/sdk/conformance/store-samples'
import type { Change } from '@palabre/sdk/contract/store'
import type { Primitives } from '@palabre/sdk/contract/primitives'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createGroupCommit } from './group-commit.ts'
import { openDatabase, type OpenDatabase } from './open-database.ts'

const primitives = {
  randomBytes: (length: number) => new Uint8Array(length),
  hmacSha256: () => new Uint8Array(32),
} as unknown as Primitives

async function withDatabase(work: (database: OpenDatabase) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-group-'))
  const database = openDatabase({ file: join(folder, 'store.db'), key: new Uint8Array(32), primitives })
  try {
    database.exec('CREATE TABLE seen (envelope TEXT) STRICT')
    await work(database)
  } finally {
    database.close()
    rmSync(folder, { recursive: true })
  }
}

const erase = (id: string): Change => ({ do: 'erase', id })
const kept = (database: OpenDatabase) => database.prepare<[], string>('SELECT envelope FROM seen').pluck().all()

/** Writes the id, and fails afterwards for some. */
function applyTo(database: OpenDatabase, broken: string) {
  const insert = database.prepare<[string]>('INSERT INTO seen VALUES (?)')
  return (change: Change) => {
    const { id } = change as { id: string }
    insert.run(id)
    if (id === broken) throw new TypeError('broken')
    return id
  }
}

test('of a group, the one that fails is taken back alone, with all it wrote before it failed', () =>
  withDatabase(async (database) => {
    const group = createGroupCommit(database, applyTo(database, 'c'))
    const works = [['a'], ['b', 'c', 'd'], ['e', 'f']].map((ids) => group.commit(ids.map(erase)))
    const outcomes = await Promise.allSettled(works)
    assert.equal(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    )
    assert.equal(kept(database), ['a', 'e', 'f'])
  }))

test('when there is no room, the whole group fails, nothing of it is there, and the next one may fit', () =>
  withDatabase(async (database) => {
    const group = createGroupCommit(database, applyTo(database, ''))
    const pages = Number(database.pragma('page_count', { simple: true }))
    database.pragma(`max_page_count = ${pages + 2}`)
    const works = ['a', 'b'.repeat(30_000), 'c'].map((id) => group.commit([erase(id)]))
    for (const work of works) await refused(work, 'storage-failed')
    assert.equal(kept(database), [])
    await group.commit([erase('d')])
    assert.equal(kept(database), ['d'])
  }))

test('more than a group holds is written in its order, and a close writes what still waits', () =>
  withDatabase(async (database) => {
    const group = createGroupCommit(database, applyTo(database, ''))
    const ids = Array.from({ length: 600 }, (_, n) => `${n}`)
    const works = ids.map((id) => group.commit([erase(id)]))
    group.close()
    await Promise.all(works)
    assert.equal(kept(database), ids)
    await refused(group.commit([]), 'closed')
  }))

test.run()
