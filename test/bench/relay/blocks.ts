import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRelay } from '../../mailbox/relay-host.ts'
import { openWireClient } from '../../mailbox/wire-client.ts'
import { startWireNode } from '../../mailbox/wire-node.ts'
import { startPostgres } from '../../postgres/start-postgres.ts'
import type { Job, Row } from '../job.ts'
import { inTurn } from '../rounds.ts'
import { openBarePostgres, openBareSqlite, type BareDatabase } from './bare-databases.ts'
import { createBoxUser } from './box-user.ts'
import { openMemoryBox } from './memory-box.ts'

/** Blocks in and out of a mailbox, beside the driver of its database alone that does as many, a transaction each. */
export const blocks: readonly Job[] = [
  { name: 'blocks', run: onSqlite },
  { name: 'blocks-postgres', run: onPostgres },
]

const rounds = 5

async function* onSqlite(): AsyncGenerator<Row> {
  await using folder = newFolder()
  yield* measure(['sqlite', 'sqlite'], openBareSqlite(join(folder.path, 'bare.db')))
}

async function* onPostgres(): AsyncGenerator<Row> {
  await using server = await startPostgres({ isDurable: true })
  if (server === undefined) throw new Error('there is no PostgreSQL for this machine')
  yield* measure([await server.newDatabase(), await server.newDatabase()], await openBarePostgres(await server.newDatabase()))
}

/** By a stream in memory at the first database, and over the network at the second. */
async function* measure([here, there]: readonly [string, string], bare: BareDatabase): AsyncGenerator<Row> {
  await using folder = newFolder()
  await using box = await openMemoryBox(folder.path, here)
  const client = await openWireClient(box.stream, box.primitives)
  await using relay = await startRelay({ database: there })
  await using node = await startWireNode()
  const farClient = await node.open(relay.link)
  const [near, far] = [createBoxUser(client, box.primitives), createBoxUser(farClient, node.primitives)]
  const took = await inTurn(rounds, {
    deposit: () => near.deposit(),
    collect: () => near.collect(),
    insert: () => bare.insert(),
    take: () => bare.take(),
    farDeposit: () => far.deposit(),
    farCollect: () => far.collect(),
  })
  const peer = { insert: { name: bare.name, took: took.insert }, take: { name: bare.name, took: took.take } }
  const aim = { of: 'ratio', atMost: 2 } as const
  const unit = 'ms'
  yield {
    what: 'a block asked to be kept, read, named and kept; 256 on their way',
    unit,
    ours: took.deposit,
    peer: peer.insert,
    aim,
    notes: ['the stream is in memory'],
  }
  yield { what: 'a block found, sent, acknowledged and forgotten', unit, ours: took.collect, peer: peer.take, aim }
  const notes = ['mailbox and client share this process: both halves of the network are in our time']
  yield { what: 'kept, over the network', unit, ours: took.farDeposit, peer: peer.insert, notes }
  yield { what: 'collected, over the network', unit, ours: took.farCollect, peer: peer.take }
  await Promise.all([client.close(), farClient.close(), bare.close()])
}

function newFolder(): { readonly path: string } & AsyncDisposable {
  const path = mkdtempSync(join(tmpdir(), 'palabre-bench-'))
  return { path, [Symbol.asyncDispose]: async () => rmSync(path, { recursive: true, force: true }) }
}
