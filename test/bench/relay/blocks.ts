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
import { createBoxUser, type BoxUser } from './box-user.ts'
import { openMemoryBox } from './memory-box.ts'

/** Blocks in and out of a mailbox, beside the driver of its database alone that does as many, a transaction each. */
export const blocks: readonly Job[] = [
  { name: 'blocks', run: onSqlite },
  { name: 'blocks-postgres', run: onPostgres },
]

const rounds = 5

async function* onSqlite(): AsyncGenerator<Row> {
  await using folder = newFolder()
  await using box = await openMemoryBox(folder.path, 'sqlite')
  const client = await openWireClient(box.stream, box.primitives)
  await using relay = await startRelay()
  await using node = await startWireNode()
  const far = await node.open(relay.link)
  const bare = openBareSqlite(join(folder.path, 'bare.db'))
  yield* measure(createBoxUser(client, box.primitives), bare, createBoxUser(far, node.primitives))
  await Promise.all([client.close(), far.close(), bare.close()])
}

async function* onPostgres(): AsyncGenerator<Row> {
  await using server = await startPostgres({ isDurable: true })
  if (server === undefined) throw new Error('there is no PostgreSQL for this machine')
  await using folder = newFolder()
  await using box = await openMemoryBox(folder.path, await server.newDatabase())
  const client = await openWireClient(box.stream, box.primitives)
  const bare = await openBarePostgres(await server.newDatabase())
  yield* measure(createBoxUser(client, box.primitives), bare)
  await Promise.all([client.close(), bare.close()])
}

async function* measure(near: BoxUser, bare: BareDatabase, far?: BoxUser): AsyncGenerator<Row> {
  const took = await inTurn(rounds, {
    deposit: () => near.deposit(),
    collect: () => near.collect(),
    insert: () => bare.insert(),
    take: () => bare.take(),
    farDeposit: async () => far?.deposit() ?? 0,
    farCollect: async () => far?.collect() ?? 0,
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
  if (far === undefined) return
  const notes = ['mailbox and client share this process: both halves of the network are in our time']
  yield { what: 'kept, over the network', unit, ours: took.farDeposit, peer: peer.insert, notes }
  yield { what: 'collected, over the network', unit, ours: took.farCollect, peer: peer.take }
}

function newFolder(): { readonly path: string } & AsyncDisposable {
  const path = mkdtempSync(join(tmpdir(), 'palabre-bench-'))
  return { path, [Symbol.asyncDispose]: async () => rmSync(path, { recursive: true, force: true }) }
}
