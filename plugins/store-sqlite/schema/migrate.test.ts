import { add, idOf, refused } from '@palabre/sdk/conformance/store-samples'
import type { Store } from '@palabre/sdk/contract/store'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openSqliteStore, type SqliteStore } from '../open-store.ts'
import { primitives } from '../primitives-for-tests.ts'
import { migrations, type Migrations } from './migrate.ts'
import { content, key, readAll } from './released/content.ts'
import { schema2 } from './schema-2-for-tests.ts'

const released = Object.keys(migrations).map((_, index) => join(import.meta.dirname, 'released', `schema-${index + 1}.db`))
const withNext = (between: () => Promise<void>): Migrations => ({ ...migrations, '0002': { up: schema2(between) } })
const atOnce = () => Promise.resolve()

async function inFolder(work: (file: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-migrate-'))
  try {
    await work(join(folder, 'store.db'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function withStore<T>(file: string, steps: Migrations, work: (store: SqliteStore) => Promise<T>): Promise<T> {
  const store = await openSqliteStore({ file, key, primitives }, steps)
  try {
    return await work(store)
  } finally {
    store.close()
  }
}

/** What a store of today gives back of the same content. */
let wanted: unknown
test.before(() =>
  inFolder(async (file) => {
    wanted = await withStore(file, migrations, async (store) => {
      await store.commit(content)
      return readAll(store)
    })
  }),
)

const holdsAll = async (store: Store) => assert.equal(await readAll(store), wanted)

for (const file of released) {
  test(`the ${file.split('/').at(-1)} of its time opens today, and all that was kept is read`, () =>
    inFolder(async (copy) => {
      copyFileSync(file, copy)
      await withStore(copy, migrations, async (store) => {
        await holdsAll(store)
        await store.commit([add(6)])
        assert.is((await store.message(idOf(6)))?.place, 4, 'it goes on where it was')
      })
    }))
}

test('the next schema keeps all rows, and a Palabre of before refuses what it made and leaves it as it is', () =>
  inFolder(async (file) => {
    copyFileSync(released.at(-1)!, file)
    await withStore(file, withNext(atOnce), holdsAll)
    await withStore(file, withNext(atOnce), holdsAll)
    const before = readFileSync(file)
    await refused(openSqliteStore({ file, key, primitives }), 'wrong-version')
    assert.ok(readFileSync(file).equals(before))
  }))

test('a migration that fails in the middle has changed nothing', () =>
  inFolder(async (file) => {
    copyFileSync(released.at(-1)!, file)
    const fail = async () => {
      throw new Error('in the middle')
    }
    const failed = await openSqliteStore({ file, key, primitives }, withNext(fail)).catch((error: Error) => error.message)
    assert.is(failed, 'in the middle')
    await withStore(file, migrations, holdsAll)
  }))

test('a program killed in the middle of one has changed nothing, and the next one comes to its end', () =>
  inFolder(async (file) => {
    copyFileSync(released.at(-1)!, file)
    const child = spawn(process.execPath, [fileURLToPath(new URL('./migrating-process.ts', import.meta.url)), file], {
      stdio: ['ignore', 'pipe', 2],
    })
    const exited = once(child, 'exit')
    const [said] = (await Promise.race([once(child.stdout!, 'data'), exited])) as unknown[]
    assert.is(String(said), 'in the middle')
    child.kill('SIGKILL')
    await exited
    assert.ok(existsSync(`${file}-wal`), 'it had begun')
    await withStore(file, migrations, holdsAll)
    await withStore(file, withNext(atOnce), holdsAll)
  }))

test.run()
