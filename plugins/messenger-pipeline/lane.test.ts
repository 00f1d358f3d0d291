import type { Session } from '@palabre/sdk/contract/suite'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createLane, type Step } from './lane.ts'
import { loadOutbox } from './outbox.ts'
import { decodePeerState, type PeerState } from './peer-state.ts'
import { messageOf, openCountedStore } from './store-for-tests.ts'

const begun: PeerState = {
  suite: 'ratchet',
  session: Uint8Array.of(0) as Session,
  epoch: 1,
  next: 0,
  heard: [],
  begunAt: 0,
}

/** Adds one to the number and a message with it. */
const say =
  (id: string, done?: () => void): Step<number> =>
  (state = begun, batch) => {
    batch.push({ do: 'add', message: messageOf(id) })
    return { state: { ...state, next: state.next + 1 }, value: state.next, done }
  }

const look: Step<number | undefined> = (state) => ({ value: state?.next })

async function openLane() {
  const opened = await openCountedStore()
  const failures: string[] = []
  const lane = createLane('bob', opened.store, await loadOutbox(opened.store), async () => void failures.push('told'))
  const kept = async () => {
    const bytes = await opened.store.record('session', 'bob')
    return bytes === undefined ? undefined : decodePeerState(bytes).next
  }
  return { ...opened, lane, failures, kept }
}

test('steps asked for together go one after the other and share a commit, with the state', async () => {
  await using opened = await openLane()
  const { lane, commits, kept } = opened
  assert.equal(await Promise.all([lane.run(say('a')), lane.run(say('b')), lane.run(say('c'))]), [0, 1, 2])
  assert.is(commits.length, 1)
  assert.is(await kept(), 3)
  assert.equal(
    (await opened.store.messages('bob', { limit: 9 })).map(({ id }) => id),
    ['a', 'b', 'c'],
  )
})

test('a commit that fails leaves the state as it was: nobody goes on from what was not kept', async () => {
  await using opened = await openLane()
  const { lane, state, kept, failures } = opened
  await lane.run(say('a'))
  state.isFull = true
  const done: string[] = []
  const lost = await Promise.allSettled([lane.run(say('b', () => done.push('b'))), lane.run(say('c', () => done.push('c')))])
  assert.equal(
    lost.map(({ status }) => status),
    ['rejected', 'rejected'],
  )
  assert.equal(done, [])
  assert.is(failures.length, 1)
  state.isFull = false
  assert.is(await lane.run(look), 1)
  assert.is(await lane.run(say('d')), 1)
  assert.is(await kept(), 2)
  assert.equal(
    (await opened.store.messages('bob', { limit: 9 })).map(({ id }) => id),
    ['a', 'd'],
  )
})

test('a step that throws takes nothing with it; those beside it are kept', async () => {
  await using opened = await openLane()
  const { lane, kept } = opened
  const broken: Step<number> = async (before, batch) => {
    await say('x')(before, batch)
    throw new Error('no')
  }
  const all = await Promise.allSettled([lane.run(say('a')), lane.run(broken), lane.run(say('b'))])
  assert.equal(
    all.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  )
  assert.is(await kept(), 2)
  assert.is(await opened.store.message('x'), undefined)
})

test('a step that only looks writes nothing; what is to be done is done after the commit', async () => {
  await using opened = await openLane()
  const { lane, commits } = opened
  assert.is(await lane.run(look), undefined)
  assert.is(commits.length, 0)
  let seen = 0
  await lane.run(say('a', () => (seen = commits.length)))
  assert.is(seen, 1)
})

test('another lane on the same store goes on where this one stopped', async () => {
  await using opened = await openLane()
  await opened.lane.run(say('a'))
  await opened.lane.quiet()
  const next = createLane('bob', opened.store, await loadOutbox(opened.store), async () => undefined)
  assert.is(await next.run(look), 1)
})

test.run()
