import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { PalabreError, text } from '@palabre/sdk'
import type { RelayedLink } from '@palabre/sdk/contract/upgrade'
import { fakeClock, settled } from '@palabre/sdk/testkit'
import { webrtcUpgrade } from './webrtc-upgrade.ts'

function linkWith(dial: (address: string) => Promise<void>, opener = true): RelayedLink {
  const connection = {} as RelayedLink['connection']
  return {
    peer: 'P',
    opener,
    connection,
    address: '/ip4/192.0.2.1/tcp/1/p2p/R/p2p-circuit',
    addresses: [],
    dial,
    signal: new AbortController().signal,
  }
}

test('the one who opened the link dials by WebRTC through the relay at once', async () => {
  const dialled: string[] = []
  const link = linkWith(async (address) => void dialled.push(address))
  assert.is(await webrtcUpgrade(fakeClock()).upgrade(link), true)
  assert.equal(dialled, ['/ip4/192.0.2.1/tcp/1/p2p/R/p2p-circuit/webrtc'])
})

test('the other one leaves it a head start', async () => {
  const clock = fakeClock()
  let dialled = 0
  const link = linkWith(async () => void dialled++, false)
  const upgraded = webrtcUpgrade(clock).upgrade(link)
  await clock.advance(4_999)
  await settled()
  assert.is(dialled, 0)
  await clock.advance(1)
  assert.is(await upgraded, true)
  assert.is(dialled, 1)
})

test('without WebRTC it does not ask again; after any other failure it may', async () => {
  const failing = (code: 'switched-off' | 'timed-out') => linkWith(() => Promise.reject(new PalabreError(code, text('x', 'x'))))
  assert.is(await webrtcUpgrade(fakeClock()).upgrade(failing('switched-off')), false)
  const code = await webrtcUpgrade(fakeClock())
    .upgrade(failing('timed-out'))
    .catch((error: PalabreError) => error.code)
  assert.is(code, 'timed-out')
})

test.run()
