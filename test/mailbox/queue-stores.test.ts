import { openStore, type DatabaseStore } from '@palabre/mailbox-server/open-store'
import { proveAll, type Open } from '@palabre/sdk/conformance/law'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { password, startPostgres } from '../postgres/start-postgres.ts'
import { lawTime, makeQueue, mostQueues, newBlock, queueStoreLaws, type Stores } from './queue-store-laws.ts'

const sqlite = suite('sqlite')
proveAll(sqlite, queueStoreLaws, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-queues-'))
  const store = await openStore({ database: 'sqlite', maxQueues: mostQueues }, { file: (name) => join(folder, name) })
  return {
    subject: { one: store, other: store },
    async close() {
      await store.close()
      rmSync(folder, { recursive: true })
    },
  }
})
sqlite.run()

const server = await startPostgres()
const postgres = suite('postgres')
if (server === undefined) {
  console.log('SKIPPED: a mailbox on PostgreSQL: there is none for this machine')
  postgres.skip('PostgreSQL', () => undefined)
} else provePostgres(server)
postgres.after(async () => server?.[Symbol.asyncDispose]())
postgres.run()

function provePostgres(server: NonNullable<Awaited<ReturnType<typeof startPostgres>>>): void {
  const nowhere = { file: () => assert.unreachable('no file is needed') as never }
  const openAt = (database: string) => openStore({ database, maxQueues: mostQueues }, nowhere)

  const open: Open<Stores> = async () => {
    const database = await server.newDatabase()
    // At the same time, on an empty database: one of them makes the tables.
    const [one, other] = await Promise.all([openAt(database), openAt(database)])
    return { subject: { one, other }, close: async () => void (await Promise.all([one.close(), other.close()])) }
  }
  proveAll(postgres, queueStoreLaws, open)

  const shared = (name: string, prove: (stores: Stores) => Promise<void>) =>
    postgres(name, async () => {
      const { subject, close } = await open()
      try {
        await prove(subject)
      } finally {
        await close()
      }
    })

  shared('what one process takes in, another one that serves the queue hears of at once', async ({ one, other }) => {
    const queue = await makeQueue(one)
    const heard = Promise.withResolvers<unknown>()
    using _ = one.watch(heard.resolve)
    await other.deposit(queue, newBlock(), lawTime)
    assert.is(await heard.promise, queue)
  })

  shared(
    'the process that was asked last serves a queue; when it lets go, the next one is told and does',
    async ({ one, other }) => {
      const queue = await makeQueue(one)
      await one.deposit(queue, newBlock(), lawTime)
      const seenBy = async (store: DatabaseStore) => (await store.names(queue, lawTime)).length
      await using _first = await one.hold(queue)
      assert.equal([await seenBy(one), await seenBy(other)], [1, 0])
      const second = await other.hold(queue)
      assert.equal([await seenBy(one), await seenBy(other)], [0, 1])
      const told = Promise.withResolvers<unknown>()
      using _ = one.watch(told.resolve)
      await second[Symbol.asyncDispose]()
      assert.is(await told.promise, queue)
      assert.equal([await seenBy(one), await seenBy(other)], [1, 0])
    },
  )

  postgres('what a process held that died is free, the others are told, and one of them gets it', async () => {
    const database = await server.newDatabase()
    const [dead, ...living] = await Promise.all([openAt(database), openAt(database), openAt(database)])
    const queue = await makeQueue(dead!)
    await dead!.deposit(queue, newBlock(), lawTime)
    await dead!.hold(queue)
    const seen = () => Promise.all(living.map(async (one) => (await one.names(queue, lawTime)).length))
    for (const one of living) await one.tend()
    assert.equal(await seen(), [0, 0], 'it lives')
    await endLineOf(database, queue)
    const told = living.map((one) => {
      const { promise, resolve } = Promise.withResolvers<unknown>()
      one.watch(resolve)
      return promise
    })
    await living[0]!.tend()
    assert.equal(await Promise.all(told), [queue, queue])
    assert.is(
      (await seen()).reduce((sum, one) => sum + one),
      1,
    )
    await Promise.all([dead!, ...living].map((one) => one.close()))
  })

  postgres('when the database crashes, each process finds back by itself, and what was promised is there', async () => {
    const database = await server.newDatabase()
    const [one, other] = await Promise.all([openAt(database), openAt(database)])
    const queue = await makeQueue(one)
    const blocks = Array.from({ length: 30 }, newBlock)
    const kept = new Set<string>()
    const deposits = blocks.map(async (block) => {
      await one.deposit(queue, block, lawTime)
      kept.add(block.name.toString('hex'))
    })
    await deposits[0]
    await server.crash()
    await Promise.allSettled(deposits)
    await one.tend().then(
      () => assert.unreachable(),
      (error: { code: string }) => assert.is(error.code, 'unreachable'),
    )
    await server.start()
    const told = Promise.withResolvers<unknown>()
    using _ = one.watch(told.resolve)
    await Promise.all([one.tend(), other.tend()])
    assert.is(await told.promise, 'any')
    await one.hold(queue)
    const there = new Set((await one.names(queue, lawTime)).map((name) => Buffer.from(name).toString('hex')))
    for (const name of kept) assert.ok(there.has(name))
    assert.ok(kept.size > 0)
    const heard = Promise.withResolvers<unknown>()
    using _again = one.watch(heard.resolve)
    await other.deposit(queue, newBlock(), lawTime)
    assert.is(await heard.promise, queue)
    await Promise.all([one.close(), other.close()])
  })

  postgres('what keeps it from opening is said in words, and never the password', async () => {
    const database = await server.newDatabase()
    const faultAt = async (address: string) => {
      const error = await openAt(address).then(
        () => assert.unreachable('it opened') as never,
        (fault: Error & { code: string }) => fault,
      )
      const said = JSON.stringify([error.message, error.stack, error])
      assert.not.ok(said.includes(password) || said.includes('another-secret'), said)
      return error.code
    }
    assert.is(await faultAt(database.replace(password, 'another-secret')), 'denied')
    assert.is(await faultAt(`${database}_not_there`), 'denied')
    assert.is(await faultAt(database.replace(/:\d+\//, ':1/')), 'unreachable')
    assert.is(await faultAt(`postgres://palabre:${password}@`), 'bad-settings')
    assert.is(await faultAt('env:PALABRE_NO_SUCH'), 'bad-settings')
    assert.is(await faultAt('file:/no/such/file'), 'bad-settings')
  })

  postgres('a database that a newer Palabre has changed is left as it is', async () => {
    const database = await server.newDatabase()
    await (await openAt(database)).close()
    const client = new Client({ connectionString: database })
    await client.connect()
    await client.query("INSERT INTO migration (name, timestamp) VALUES ('9999', now()::text)")
    await client.end()
    await openAt(database).then(
      () => assert.unreachable('it opened'),
      ({ code }: { code: string }) => assert.is(code, 'wrong-version'),
    )
  })

  postgres('the address may stand in a file or in the environment', async () => {
    const database = await server.newDatabase()
    const folder = mkdtempSync(join(tmpdir(), 'palabre-queues-'))
    const file = join(folder, 'database')
    writeFileSync(file, `${database}\n`)
    process.env['PALABRE_TEST_DATABASE'] = database
    for (const address of [`file:${file}`, 'env:PALABRE_TEST_DATABASE']) {
      const store = await openAt(address)
      assert.equal(await store.counts(), { queues: 0, blocks: 0 })
      await store.close()
    }
    rmSync(folder, { recursive: true })
  })
}

/** As when the process that serves this queue dies: the database loses sight of it. */
async function endLineOf(database: string, queue: number): Promise<void> {
  const client = new Client({ connectionString: database })
  await client.connect()
  const held = `SELECT pid FROM pg_locks, queue WHERE locktype = 'advisory' AND objid = holder AND queue.id = $1`
  const { rowCount } = await client.query(`SELECT pg_terminate_backend(pid, 5000) FROM (${held}) AS line`, [queue])
  assert.is(rowCount, 1)
  await client.end()
}
