import { definePlugin } from '@palabre/sdk'
import { proveAll } from '@palabre/sdk/conformance/law'
import { storeLaws } from '@palabre/sdk/conformance/store'
import { add, refused } from '@palabre/sdk/conformance/store-samples'
import { Store } from '@palabre/sdk/contract/store'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

proveAll(test, storeLaws, async () => {
  const host = await startTestHost({ plugins: [import.meta.dirname], lend: { store: Store } })
  return { subject: host.lent.store, close: () => host.stop() }
})

test('nothing outlives a stop, and the log says so beforehand', async () => {
  const held: { store?: Store } = {}
  const holder = testPlugin('holder', definePlugin({ needs: { store: Store }, start: ({ store }) => void (held.store = store) }))
  await using host = await startTestHost({ plugins: [import.meta.dirname, holder] })
  const before = held.store!
  await before.commit([add(1)])
  assert.match(host.log.map(({ message }) => message).join('\n'), 'nothing is kept')
  await host.plugins.disable('store-memory')
  await refused(before.messages('alice', { limit: 9 }), 'closed')
  await refused(before.commit([add(1)]), 'closed')
  await host.plugins.enable('store-memory')
  assert.equal(await held.store!.messages('alice', { limit: 9 }), [])
})

test.run()
