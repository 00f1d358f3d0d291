import Database from 'better-sqlite3'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openKept } from '../../store/kept-profile.ts'
import type { Job } from '../job.ts'
import { inTurn } from '../rounds.ts'
import { benchMessage, receiving } from './bench-messages.ts'

/** Committing, beside the driver alone: one table without encryption, search or a second index. */
export const writing: Job = { name: 'writing', run: measure }

const rounds = 5

async function* measure() {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-bench-'))
  const { store, close } = await openKept(folder)
  const bare = openBare(join(folder, 'bare.db'))
  const peer = (took: number[]) => ({ name: 'better-sqlite3', took })
  let n = 0
  let m = 0
  try {
    const one = await inTurn(rounds, {
      ours: () => each(300, () => store.commit(receiving(n++))),
      bare: () => each(300, () => bare.one(m++)),
    })
    yield {
      what: 'a message, its session and envelope, one after the other',
      unit: 'ms' as const,
      ours: one.ours,
      peer: peer(one.bare),
    }

    const many = await inTurn(rounds, {
      ours: () => spread(4000, (count) => Promise.all(Array.from({ length: count }, () => store.commit(receiving(n++))))),
      bare: () => spread(4000, (count) => bare.many(m, (m += count))),
    })
    const notes = [
      '0.5 ms each is 2,000 messages a second',
      'ours: 4,000 commits asked for at once; the peer: transactions of 256 rows',
    ]
    yield {
      what: 'the same when many come together',
      unit: 'ms' as const,
      ours: many.ours,
      peer: peer(many.bare),
      aim: { of: 'ours', atMost: 0.5 } as const,
      notes,
    }

    const batch = await inTurn(rounds, {
      ours: () =>
        spread(5000, (count) => store.commit(Array.from({ length: count }, () => ({ do: 'add', message: benchMessage(n++) })))),
      bare: () => spread(5000, (count) => bare.all(m, (m += count))),
    })
    yield { what: 'a message in one commit of 5,000', unit: 'ms' as const, ours: batch.ours, peer: peer(batch.bare) }
  } finally {
    bare.close()
    await close()
    rmSync(folder, { recursive: true })
  }
}

function openBare(file: string) {
  const database = new Database(file, { timeout: 0 })
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL']) database.pragma(pragma)
  database.exec('CREATE TABLE messages (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, text TEXT, at REAL)')
  const insert = database.prepare('INSERT INTO messages (id, text, at) VALUES (?, ?, ?)')
  const one = (n: number) => {
    const { id, text, sentAt } = benchMessage(n)
    insert.run(id, text, sentAt)
  }
  const all = (from: number, to: number) => {
    database.exec('BEGIN')
    for (let n = from; n < to; n++) one(n)
    database.exec('COMMIT')
  }
  const many = (from: number, to: number) => {
    for (let n = from; n < to; n += 256) all(n, Math.min(n + 256, to))
  }
  return { one, all, many, close: () => database.close() }
}

async function each(times: number, act: () => unknown): Promise<number> {
  const begun = performance.now()
  for (let i = 0; i < times; i++) await act()
  return (performance.now() - begun) / times
}

async function spread(count: number, act: (count: number) => unknown): Promise<number> {
  const begun = performance.now()
  await act(count)
  return (performance.now() - begun) / count
}
