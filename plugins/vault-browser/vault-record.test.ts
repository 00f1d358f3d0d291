import type { Label } from '@palabre/sdk/contract/labels'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { startTestHost } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { keysFrom, readRecord } from './vault-record.ts'

const label: Label = 'palabre/v1/test/a'
const noble = new URL('../primitives-noble', import.meta.url).pathname

test('a record opens for its data key, and none of its parts can be exchanged or left out', async () => {
  await using host = await startTestHost({ plugins: [noble], lend: { primitives: Primitives } })
  const { primitives } = host.lent
  const keys = keysFrom(primitives, new Uint8Array(32).fill(1))
  const wrap = { by: 'browser', nonce: new Uint8Array(12), sealed: new Uint8Array(48) } as const
  const record = keys.bind(wrap, { [label]: keys.sealSecret(label, Uint8Array.of(1, 2, 3)) })
  assert.equal(keys.openSecret(label, record.secrets[label]!), Uint8Array.of(1, 2, 3))
  assert.is(keys.openSecret('palabre/v1/test/b', record.secrets[label]!), undefined)
  assert.ok(keys.isBound(readRecord(structuredClone(record))!))
  for (const changed of [
    { ...record, secrets: {} },
    { ...record, wrap: { ...wrap, nonce: new Uint8Array(12).fill(1) } },
    { ...record, secrets: { 'palabre/v1/test/b': record.secrets[label]! } },
  ])
    assert.is(keys.isBound(changed), false)
  assert.is(keysFrom(primitives, new Uint8Array(32)).isBound(record), false)
})

test('what is no record is refused', () => {
  const sealed = { nonce: new Uint8Array(12), sealed: new Uint8Array(48) }
  const sound = { version: 1, wrap: { by: 'browser', ...sealed }, secrets: {}, mac: new Uint8Array(32) }
  assert.ok(readRecord(sound))
  for (const broken of [
    undefined,
    null,
    'text',
    {},
    { ...sound, version: 2 },
    { ...sound, mac: new Uint8Array(31) },
    { ...sound, wrap: undefined },
    { ...sound, wrap: { by: 'nobody', ...sealed } },
    { ...sound, wrap: { by: 'passphrase', ...sealed } },
    { ...sound, secrets: { a: { nonce: new Uint8Array(12) } } },
  ])
    assert.is(readRecord(broken), undefined)
})

test.run()
