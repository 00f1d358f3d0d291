import { openStore, type DatabaseStore } from '@palabre/mailbox-server/open-store'
import { isPalabreError, type PalabreError } from '@palabre/sdk'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { withSmallDisk } from '../postgres/small-disk.ts'
import { password, startPostgres } from '../postgres/start-postgres.ts'
import { lawTime, makeQueue, newBlock } from './queue-store-laws.ts'

const nowhere = { file: () => assert.unreachable('no file is needed') as never }
const openAt = (database: string) => openStore({ database, maxQueues: 1_000 }, nowhere)

const folder = mkdtempSync(join(tmpdir(), 'palabre-faults-'))
const within = withSmallDisk(folder, 32)
const server = await startPostgres(within === undefined ? {} : { within })
if (server === undefined) {
  console.log('SKIPPED: what a PostgreSQL refuses: there is none for this machine')
  test.skip('PostgreSQL', () => undefined)
} else prove(server)
test.after(async () => {
  await server?.[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})
test.run()

function prove(server: NonNullable<Awaited<ReturnType<typeof startPostgres>>>): void {
  test('one that is too old is named, and what to take in its place', async () => {
    await using old = await saysItIs(server.port, '130018')
    const database = (await server.newDatabase()).replace(`:${server.port}/`, `:${old.port}/`)
    const { code, text, todo } = await faultOf(openAt(database))
    assert.is(code, 'wrong-version')
    assert.is(text.en, 'the mailbox’s database is PostgreSQL 13')
    assert.is(todo!.en, 'Use 14 or newer.')
  })

  test('one that can only be read is said to be so, at the start and later, and keeps again as soon as it may', async () => {
    const [database, empty] = [await server.newDatabase(), await server.newDatabase()]
    const store = await openAt(database)
    const queue = await makeQueue(store)
    await server.tell('ALTER SYSTEM SET default_transaction_read_only = on', 'SELECT pg_reload_conf()')
    const says = (fault: PalabreError) => {
      assert.is(fault.code, 'unreachable')
      assert.match(fault.text.en, 'can only be read')
      assert.match(fault.todo!.en, 'name that one in “database”')
    }
    says(await refusal(store, queue))
    says(store.trouble() as PalabreError)
    says(await faultOf(store.tend()))
    says(await faultOf(openAt(empty)))
    await server.tell('SET default_transaction_read_only = off', 'ALTER SYSTEM RESET ALL', 'SELECT pg_reload_conf()')
    await keepsAgain(store, queue)
    await store.tend()
    await store.close()
  })

  test('one that takes no more connections says how many are wanted, and is used as soon as there are', async () => {
    await server.tell(`CREATE ROLE guest LOGIN PASSWORD '${password}' CONNECTION LIMIT 1`)
    const database = (await server.newDatabase()).replace('palabre:', 'guest:')
    await server.tell(`ALTER DATABASE ${new URL(database).pathname.slice(1)} OWNER TO guest`)
    const { code, text, todo } = await faultOf(openAt(database))
    assert.is(code, 'unreachable')
    assert.match(text.en, 'takes no more connections')
    assert.match(todo!.en, /up to 9: raise max_connections/)
    await server.tell('ALTER ROLE guest CONNECTION LIMIT 10')
    const store = await openAt(database)
    await makeQueue(store)
    await store.close()
  })

  const onDisk = within === undefined ? test.skip : test
  if (within === undefined) console.log('SKIPPED: a disk that is full: only root can make a small one, on Linux')
  onDisk('a disk that is full is said to be, what was promised stays, and it keeps again when there is room', async () => {
    await server.tell(`CREATE TABLESPACE small LOCATION '${folder}'`)
    const database = await server.newDatabase()
    const name = new URL(database).pathname.slice(1)
    await server.tell(`ALTER DATABASE ${name} SET TABLESPACE small`, `COPY (SELECT repeat('x', 8000000)) TO '${folder}/ballast'`)
    const store = await openAt(database)
    const kept: { queue: number; name: Buffer }[] = []
    const fault = await fill(store, kept)
    assert.is(fault.code, 'storage-failed')
    assert.match(fault.text.en, 'the mailbox’s database is full')
    assert.match(fault.todo!.en, 'Nothing was lost.')
    assert.is(store.trouble(), fault)
    await server.tell(`COPY (SELECT 1) TO PROGRAM 'rm ${folder}/ballast'`)
    await keepsAgain(store, kept[0]!.queue)
    for (const queue of new Set(kept.map((one) => one.queue))) {
      await using _held = await store.hold(queue)
      const there = new Set((await store.names(queue, lawTime)).map((one) => Buffer.from(one).toString('hex')))
      for (const one of kept) if (one.queue === queue) assert.ok(there.has(one.name.toString('hex')))
    }
    await store.close()
  })
}

async function fill(store: DatabaseStore, kept: { queue: number; name: Buffer }[]): Promise<PalabreError> {
  const blocks = 100
  const filling = async () => {
    for (let queues = 0; queues < 30; queues++) {
      const queue = await makeQueue(store)
      for (let count = 0; count < blocks; count++) {
        const block = newBlock()
        await store.deposit(queue, block, lawTime)
        kept.push({ queue, name: block.name })
      }
    }
  }
  return faultOf(filling())
}

const refusal = (store: DatabaseStore, queue: number) => faultOf(store.deposit(queue, newBlock(), lawTime))

async function keepsAgain(store: DatabaseStore, queue: number): Promise<void> {
  while ((await store.deposit(queue, newBlock(), lawTime).catch(() => 'not yet')) !== 'kept');
  assert.is(store.trouble(), undefined)
}

async function faultOf(work: Promise<unknown>): Promise<PalabreError> {
  const error = await work.then(
    () => assert.unreachable('it was done'),
    (fault: unknown) => fault,
  )
  assert.ok(isPalabreError(error), String(error))
  assert.not.ok(JSON.stringify([error.text, error.todo]).includes(password))
  return error
}

/** The same server, which calls itself another version: as long as its own. */
async function saysItIs(port: number, version: string): Promise<{ readonly port: number } & AsyncDisposable> {
  const between = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    near.pipe(far)
    far.on('data', (bytes) =>
      near.write(Buffer.from(bytes.toString('latin1').replace(/(?<=\0\x06)1[4-9]\d{4}/, version), 'latin1')),
    )
    near.on('close', () => far.destroy()).on('error', () => far.destroy())
    far.on('close', () => near.destroy()).on('error', () => near.destroy())
  }).listen(0, '127.0.0.1')
  await once(between, 'listening')
  return {
    port: (between.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      between.close()
      await once(between, 'close')
    },
  }
}
