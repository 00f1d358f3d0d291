import { claimStatement, createStatement } from '@palabre/sdk/contract/mailbox-statement'
import { encodeRequest, mailboxWire, readAnswers, type MailboxRequest } from '@palabre/sdk/contract/mailbox-wire'
import Database from 'better-sqlite3'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRelay } from '../../mailbox/relay-host.ts'
import { openMemoryBox, streamTo, type OpenStream } from './streams.ts'
import type { Job } from '../job.ts'
import { inTurn } from '../rounds.ts'

/** Depositing over the real network, beside the driver alone that writes as many blocks, one transaction each. */
export const deposits: Job = { name: 'deposits', run: measure }

const rounds = 5
const perRound = 1_024
const ofQueue = 128

async function* measure() {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-bench-'))
  const relay = await startRelay()
  const far = await openClient(await streamTo(relay.link))
  const near = await openClient(await openMemoryBox(folder))
  const bare = openBare(join(folder, 'bare.db'))
  try {
    const { kept, carried, one } = await inTurn(rounds, {
      kept: () => near.deposit(),
      carried: () => far.deposit(),
      one: () => bare.each(),
    })
    const peer = { name: 'better-sqlite3, a transaction each', took: one }
    yield {
      what: 'a block asked to be kept, read, named and kept; 256 on their way',
      unit: 'ms' as const,
      ours: kept,
      peer,
      aim: { of: 'ratio', atMost: 2 } as const,
      notes: ['the stream is in memory'],
    }
    yield {
      what: 'the same over the network',
      unit: 'ms' as const,
      ours: carried,
      peer,
      notes: ['mailbox and client share this process: both halves of the network are in our time'],
    }
  } finally {
    bare.close()
    await far.close()
    await near.close()
    await relay[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true })
  }
}

type Asked = MailboxRequest extends infer One ? (One extends MailboxRequest ? Omit<One, 'request'> : never) : never

async function openClient({ stream, primitives, stop }: OpenStream) {
  const answers = readAnswers(stream.bytes)
  const hello = (await answers.next()).value!
  const nonce = hello.kind === 'hello' ? hello.nonce : new Uint8Array()
  const waiting = new Map<number, (slot: number) => void>()
  const reading = (async () => {
    for await (const answer of answers) {
      if (answer.kind === 'refused') throw new Error('a deposit was refused')
      if (answer.kind === 'done') waiting.get(answer.request)?.(answer.slot)
    }
  })().catch(() => undefined)
  let requests = 0
  const ask = (request: Asked) =>
    new Promise<number>((resolve, reject) => {
      const number = (requests += 1)
      waiting.set(number, resolve)
      stream.write(encodeRequest({ ...request, request: number })).catch(reject)
    })

  async function newQueue(): Promise<number> {
    const [mine, theirs] = [primitives.ed25519.generate(), primitives.ed25519.generate()]
    const [recipient, sender] = [primitives.randomBytes(16), primitives.randomBytes(16)]
    const names = { recipient, sender, recipientKey: mine.publicKey, senderKey: theirs.publicKey }
    const sign = (seed: Uint8Array, said: Uint8Array) => primitives.ed25519.sign(seed, said)
    await ask({ kind: 'create', ...names, signature: sign(mine.secretKey, createStatement(nonce, names)) })
    return ask({ kind: 'claim', role: 1, id: sender, signature: sign(theirs.secretKey, claimStatement(nonce, 1, sender)) })
  }

  return {
    async deposit(): Promise<number> {
      const slots = await Promise.all(Array.from({ length: perRound / ofQueue }, newQueue))
      const blocks = Array.from({ length: perRound }, () => primitives.randomBytes(mailboxWire.block))
      const begun = performance.now()
      await Promise.all(blocks.map((block, index) => ask({ kind: 'deposit', slot: slots[index % slots.length]!, block })))
      return (performance.now() - begun) / perRound
    },
    async close() {
      stream.abort()
      await reading
      await stop()
    },
  }
}

function openBare(file: string) {
  const database = new Database(file, { timeout: 0 })
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL']) database.pragma(pragma)
  database.exec('CREATE TABLE block (id INTEGER PRIMARY KEY, queue INTEGER, name BLOB, body BLOB, UNIQUE (queue, name))')
  const insert = database.prepare('INSERT INTO block (queue, name, body) VALUES (1, randomblob(16), randomblob(16384))')
  return {
    each(): number {
      const begun = performance.now()
      for (let n = 0; n < perRound; n++) insert.run()
      return (performance.now() - begun) / perRound
    },
    close: () => database.close(),
  }
}
