import { refused, add, idOf } from '@palabre/sdk/conformance/store-samples'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { refuseOldNode } from './old-node.ts'
import { openSqliteStore } from './open-store.ts'
import { primitives } from './primitives-for-tests.ts'

const key = Uint8Array.from({ length: 32 }, (_, i) => i)

async function inFolder(work: (file: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-store-'))
  try {
    await work(join(folder, 'store.db'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const open = (file: string, other = key) => openSqliteStore({ file, key: other, primitives })

async function withOneMessage(file: string): Promise<void> {
  const store = await open(file)
  await store.commit([add(1)])
  store.close()
}

test('another key is refused as the wrong one, and the file stays as it is', () =>
  inFolder(async (file) => {
    await withOneMessage(file)
    const before = readFileSync(file)
    const other = key.map((byte) => byte ^ 1)
    await refused(open(file, other), 'denied')
    assert.ok(readFileSync(file).equals(before))
    const again = await open(file)
    assert.is((await again.message(idOf(1)))?.text, 'text 1')
    again.close()
  }))

test('the right key for a damaged file is told from that, wherever its first page is hurt', () =>
  inFolder(async (file) => {
    await withOneMessage(file)
    const sound = readFileSync(file)
    for (const at of [16, 100, 2000, 4095]) {
      const broken = Buffer.from(sound)
      broken[at]! ^= 1
      writeFileSync(file, broken)
      await refused(open(file), 'storage-failed')
      assert.ok(readFileSync(file).equals(broken), `byte ${at}`)
    }
    for (const length of [17, 4095]) {
      writeFileSync(file, sound.subarray(0, length))
      await refused(open(file), 'storage-failed')
      assert.is(statSync(file).size, length)
    }
  }))

test('a log whose database was taken away is not written over', () =>
  inFolder(async (file) => {
    const store = await open(file)
    await store.commit([add(1)])
    const log = readFileSync(`${file}-wal`)
    store.close()
    rmSync(file)
    writeFileSync(`${file}-wal`, log)
    await refused(open(file), 'storage-failed')
    assert.is(existsSync(file), false)
    writeFileSync(file, '')
    await refused(open(file), 'storage-failed')
    assert.is(statSync(`${file}-wal`).size, log.length)
  }))

test('what dies before its first page is written begins anew', () =>
  inFolder(async (file) => {
    writeFileSync(file, '')
    await withOneMessage(file)
    truncateSync(file, 0)
    await withOneMessage(file)
  }))

test('a page in the middle that is damaged fails what stands on it, by name', () =>
  inFolder(async (file) => {
    const store = await open(file)
    await store.commit(Array.from({ length: 300 }, (_, n) => add(n, { text: 'long enough to fill pages '.repeat(20) })))
    store.close()
    const broken = readFileSync(file)
    for (let at = 20 * 4096 + 50; at < broken.length; at += 4096) broken[at]! ^= 1
    writeFileSync(file, broken)
    const again = await open(file)
    await refused(again.messages('alice', { limit: 500 }), 'storage-failed')
    await refused(again.search('long', { limit: 500 }), 'storage-failed')
    again.close()
  }))

test('it is held by one at a time', () =>
  inFolder(async (file) => {
    const store = await open(file)
    const outcome = await open(file).catch((error: Error) => error)
    assert.match((outcome as Error).message, /another Palabre has store\.db open/)
    store.close()
    const again = await open(file)
    again.close()
    await refused(again.commit([add(1)]), 'closed')
    await refused(again.conversations(), 'closed')
  }))

test('only its owner can read it and what stands beside it', () =>
  inFolder(async (file) => {
    const store = await open(file)
    await store.commit([add(1)])
    for (const one of [file, `${file}-wal`]) assert.is(statSync(one).mode & 0o777, 0o600, one)
    assert.ok((await store.size())! > 4096)
    store.close()
  }))

test('a Node that the driver would end is refused before the driver is loaded', async () => {
  for (const old of ['18.0.0', '20.20.2', '21.9.9']) await refused(Promise.try(refuseOldNode, old), 'wrong-version')
  refuseOldNode('22.0.0')
})

test.run()
