import { Primitives } from '@palabre/sdk/contract/primitives'
import { startTestHost } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { keysFrom } from './vault-keys.ts'
import { bytesUnderMac, formatRecord, parseRecord, type WrapByPassphrase } from './vault-record.ts'

const folder = new URL('../primitives-node', import.meta.url).pathname
const label = 'palabre/v1/test/a'

test('forgotten keys are overwritten', async () => {
  await using host = await startTestHost({ plugins: [folder], lend: { primitives: Primitives } })
  const dataKey = new Uint8Array(32).fill(7)
  const keys = keysFrom(host.lent.primitives, dataKey)
  const sealed = keys.sealSecret(label, Uint8Array.of(1))
  assert.equal(keys.openSecret(label, sealed), Uint8Array.of(1))
  keys.forget()
  assert.equal(dataKey, new Uint8Array(32))
  assert.is(keys.openSecret(label, sealed), undefined, 'and so are those that follow from it')
})

test('a secret does not open under another label', async () => {
  await using host = await startTestHost({ plugins: [folder], lend: { primitives: Primitives } })
  const keys = keysFrom(host.lent.primitives, new Uint8Array(32))
  assert.is(keys.openSecret('palabre/v1/test/b', keys.sealSecret(label, Uint8Array.of(1))), undefined)
})

const wrap: WrapByPassphrase = {
  by: 'passphrase',
  salt: new Uint8Array(16),
  memory: 65_536,
  passes: 3,
  lanes: 1,
  nonce: new Uint8Array(24),
  sealed: new Uint8Array(48),
}

test('a record is read back as it was written, whatever the order of its secrets', () => {
  const one = { nonce: new Uint8Array(24).fill(1), sealed: new Uint8Array(20).fill(2) }
  const record = {
    wrap,
    secrets: new Map([
      [label, one],
      ['palabre/v1/test/0', one],
    ] as const),
    mac: new Uint8Array(32),
  }
  const again = parseRecord(formatRecord(record))!
  assert.equal(again.wrap, wrap)
  assert.equal(bytesUnderMac(again), bytesUnderMac(record))
})

test('a record that asks for all the memory there is, is none', () => {
  for (const part of [{ memory: 2 ** 30 }, { memory: 1 }, { passes: 1000 }, { passes: 0 }, { lanes: 64 }, { memory: 65_536.5 }]) {
    const record = { wrap: { ...wrap, ...part }, secrets: new Map(), mac: new Uint8Array(32) }
    assert.is(parseRecord(formatRecord(record)), undefined, JSON.stringify(part))
  }
})

test.run()
