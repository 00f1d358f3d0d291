import type { Session } from '@palabre/sdk/contract/suite'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { decodePeerState, encodePeerState, type PeerState } from './peer-state.ts'

const state: PeerState = {
  suite: 'ratchet',
  session: Uint8Array.of(1, 2, 3) as Session,
  epoch: 0xffffffff,
  next: 12,
  heard: [
    { epoch: 7, next: 9 },
    { epoch: 0x80000000, next: 0xfffffffe },
  ],
  begunAt: Date.UTC(2026, 10, 21),
}

test('what is kept is read as it was', () => {
  for (const one of [state, { ...state, heard: [] }, { ...state, session: new Uint8Array() as Session }])
    assert.equal(decodePeerState(encodePeerState(one)), one)
})

test('what a newer program kept is not taken for ours', () => {
  assert.throws(() => decodePeerState(encodePeerState(state).with(0, 2)), 'unknown version')
})

test.run()
