import { getEventListeners } from 'node:events'
import { isPalabreError } from '@palabre/sdk'
import { clockLaws } from '@palabre/sdk/conformance/clock'
import { proveAll } from '@palabre/sdk/conformance/law'
import { Clock } from '@palabre/sdk/contract/clock'
import { startTestHost } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const open = async () => {
  const host = await startTestHost({ plugins: [import.meta.dirname], lend: { clock: Clock } })
  const { clock } = host.lent
  return { subject: { clock, move: (ms: number) => clock.sleep(ms) }, close: () => host.stop() }
}

proveAll(test, clockLaws, open)

test('whoever sleeps is woken when the clock is switched off, and no timer stays', async () => {
  const { subject, close } = await open()
  const sleeping = subject.clock.sleep(1_000_000).catch((error: unknown) => error)
  await close()
  const error = await sleeping
  assert.ok(isPalabreError(error) && error.code === 'cancelled')
})

test('a signal that outlives ten thousand sleeps keeps nothing of them', async () => {
  const { subject, close } = await open()
  const long = new AbortController()
  for (let i = 0; i < 100; i++) await Promise.all(Array.from({ length: 100 }, () => subject.clock.sleep(0, long.signal)))
  assert.equal(getEventListeners(long.signal, 'abort'), [])
  await close()
})

test.run()
