// limit: 240 s
import { toBase64Url, toHex } from '@palabre/sdk'
import Database from 'better-sqlite3'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { meet, type TestPerson } from '../messenger/person.ts'
import type { Recorded } from './between-server.ts'
import { has, knowsMailboxOf, startPersonAt, startRelay, tellsWhatCame } from './relay-host.ts'
import { until } from './until.ts'

/** The sizes that messages of the protocol have, and no other. */
const grid = { written: [33, 7, 6, 16_403, 3], read: [86, 165, 16_391, 7, 23] }

test('everything a mailbox reads, writes, keeps and logs tells no word, no name, no key, and sizes only on the grid', async () => {
  const recorded: Recorded = { read: [], written: [] }
  await using relay = await startRelay({ recorded })
  await using ada = await startPersonAt([relay])
  await using bob = await startPersonAt([relay])
  await using carol = await startPersonAt([relay])
  await ada.contacts.setMyName('Ada Marker-Name')
  for (const guest of [bob, carol]) {
    await meet(ada, guest)
    await until(async () => (await knowsMailboxOf(ada, guest)) && (await knowsMailboxOf(guest, ada)))
  }
  await until(() => relay.count('queue') >= 6)
  const [adaKey, bobKey, carolKey] = await Promise.all([keyOf(bob, ada), keyOf(ada, bob), keyOf(ada, carol)])
  await ada.stop()
  for (const [length, guest] of [
    [1, bob],
    [300, carol],
    [20_000, bob],
  ] as const) {
    const text = `${marker} ${'x'.repeat(length)}`
    await guest.messenger.send(ada.id, { text })
    await has(guest, ada.id, text, 'stored')
  }
  const stored = readdirSync(relay.folder).map((name) => readFileSync(join(relay.folder, name)))
  const queues = rowsOf(join(relay.folder, 'mailbox.db'))
  await using back = await ada.restart()
  await has(back, carol.id, `${marker} ${'x'.repeat(300)}`)
  await tellsWhatCame(back)

  const seen = [Buffer.concat(recorded.read), Buffer.concat(recorded.written), ...stored, Buffer.from(relay.log())]
  assert.ok(recorded.read.length > 20 && recorded.written.length > 20)
  const keys = [adaKey, bobKey, carolKey]
  const secrets = [
    marker,
    'Marker-Name',
    ...[ada, bob, carol].map(({ id }) => id),
    ...keys.flatMap((key) => [Buffer.from(key), toHex(key), toBase64Url(key)]),
  ]
  for (const secret of secrets) for (const one of seen) assert.is(one.indexOf(secret), -1, String(secret))

  for (const { length } of recorded.written) assert.ok(grid.written.includes(length), `wrote ${length} bytes`)
  for (const { length } of recorded.read) assert.ok(grid.read.includes(length), `read ${length} bytes`)

  const holding = queues.filter(({ bytes }) => bytes.length > 16_384)
  assert.ok(holding.length >= 2, `${holding.length} queues hold something`)
  for (const [index, one] of queues.entries())
    for (const other of queues.slice(index + 1))
      assert.not.ok(shareMoreThan(8, one.bytes, other.bytes), 'two queues have something in common')
})

const marker = 'the-marker-that-nobody-may-see'

const keyOf = async (who: TestPerson, whom: TestPerson) => (await who.contacts.get(whom.id))!.key

/** Everything that is kept of each queue. */
function rowsOf(file: string): { readonly bytes: Buffer }[] {
  const database = new Database(file, { timeout: 5_000 })
  try {
    const queues = database.prepare('SELECT id, recipient, sender, recipient_key, sender_key FROM queue').all() as Record<
      string,
      Buffer
    >[]
    return queues.map(({ id, ...columns }) => {
      const blocks = database.prepare('SELECT name, body FROM block WHERE queue = ?').all(id) as Record<string, Buffer>[]
      return { bytes: Buffer.concat([...Object.values(columns), ...blocks.flatMap((block) => Object.values(block))]) }
    })
  } finally {
    database.close()
  }
}

function shareMoreThan(length: number, one: Buffer, other: Buffer): boolean {
  const pieces = new Set<string>()
  for (let at = 0; at + length < one.length; at++) pieces.add(one.toString('latin1', at, at + length + 1))
  for (let at = 0; at + length < other.length; at++) if (pieces.has(other.toString('latin1', at, at + length + 1))) return true
  return false
}

test.run()
