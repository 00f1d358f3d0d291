import { definePlugin, isPalabreError } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Keyring } from '@palabre/sdk/contract/keyring'
import { Store, type Change } from '@palabre/sdk/contract/store'
import { Suite, type Answered, type Prekeys } from '@palabre/sdk/contract/suite'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createStoredKeyring } from './stored-keyring.ts'

/**
 * A suite whose prekeys are a count of one-time keys and a week; what it seals is the number of the key it was offered. The real one has
 * its own tests; here the order of things is what matters, and it can be read off.
 */
function countingSuite(name: string, strength: number): Suite {
  const keys = (left: number, week: number) => Uint8Array.of(left, week) as Prekeys
  const never = () => {
    throw new Error('not part of this')
  }
  return {
    name,
    strength,
    createPrekeys: (now) => keys(100, now),
    renewPrekeys: (kept, now) => (kept[1] === now ? undefined : keys(100, now)),
    offer: (kept, { once }) => ({
      prekeys: once ? keys(kept[0]! - 1, kept[1]!) : kept,
      offer: Uint8Array.of(once ? kept[0]! : 0),
    }),
    prekeysStanding: ([ready, week]) => ({
      madeAt: week!,
      dueAt: week! + 1,
      earlierUntil: undefined,
      ready: ready!,
      given: 100 - ready!,
    }),
    begin: never,
    seal: never,
    open: never,
    answer: async (kept, sealed, sessionOf) => {
      if (String(sealed[0]) !== name.at(-1)) return undefined
      await sessionOf(Uint8Array.of(9))
      return { prekeys: keys(kept[0]! - 1, kept[1]!) } as Answered
    },
  }
}

/** A store that tells what was written and can be made to fail. */
function openRecords(records = new Map<string, Uint8Array>()) {
  const state = { isFull: false }
  const store: Pick<Store, 'record' | 'commit'> = {
    record: async (_kind, key) => records.get(key)?.slice(),
    async commit(changes: readonly Change[]) {
      await new Promise<void>((resolve) => setImmediate(resolve))
      if (state.isFull) throw new Error('the disk is full')
      for (const change of changes) if (change.do === 'put') records.set(change.key, change.value)
      return { known: [] }
    },
  }
  return { records, store, state }
}

function openKeyring(suites: readonly Suite[]) {
  const kept = openRecords()
  const time = { week: 1 }
  return { ...kept, time, keyring: createStoredKeyring({ store: kept.store, suites, clock: { now: () => time.week } }) }
}

const failsWith = (work: Promise<unknown>, message: string) =>
  work.then(
    () => false,
    (error: unknown) => error instanceof Error && error.message === message,
  )

const answer = (keyring: Keyring, keep: Parameters<Keyring['answer']>[2], sealed = 1) =>
  keyring.answer(Uint8Array.of(sealed), async () => undefined, keep)

test('the strongest suite comes first, and each key is written as used before it is given out', async () => {
  const { keyring, records } = openKeyring([countingSuite('weak1', 1), countingSuite('strong2', 2)])
  const offers = await keyring.offers({ once: true })
  assert.equal(
    offers.map(({ suite, offer }) => [suite, offer[0]]),
    [
      ['strong2', 100],
      ['weak1', 100],
    ],
  )
  assert.is(records.get('strong2')![0], 99)
})

test('offers asked for at once never hold the same one-time key', async () => {
  const { keyring } = openKeyring([countingSuite('one1', 1)])
  const offers = await Promise.all(Array.from({ length: 20 }, () => keyring.offers({ once: true })))
  assert.is(new Set(offers.map(([one]) => one!.offer[0])).size, 20)
})

test('an offer of last resort uses nothing up', async () => {
  const { keyring, records } = openKeyring([countingSuite('one1', 1)])
  await keyring.offers({ once: false })
  await keyring.offers({ once: false })
  assert.is(records.get('one1')![0], 100)
})

test('what could not be written is not given out, and the next one is served', async () => {
  const { keyring, state } = openKeyring([countingSuite('one1', 1)])
  await keyring.offers({ once: true })
  state.isFull = true
  assert.ok(await failsWith(keyring.offers({ once: true }), 'the disk is full'))
  state.isFull = false
  assert.is((await keyring.offers({ once: true }))[0]!.offer[0], 99)
})

test('what is old is renewed and kept', async () => {
  const { keyring, records, time } = openKeyring([countingSuite('one1', 1)])
  await keyring.offers({ once: true })
  time.week = 2
  await keyring.offers({ once: false })
  assert.equal([...records.get('one1')!], [100, 2])
})

test('an answer hands over the change that uses the key up, one after the other, and says by which suite', async () => {
  const { keyring, store, records } = openKeyring([countingSuite('weak1', 1), countingSuite('strong2', 2)])
  const left: string[] = []
  const keep: Parameters<Keyring['answer']>[2] = async ({ suite }, change) => {
    await store.commit([change])
    left.push(`${suite} ${records.get(suite)![0]}`)
  }
  await Promise.all([answer(keyring, keep), answer(keyring, keep), answer(keyring, keep, 2)])
  assert.equal(left, ['weak1 99', 'weak1 98', 'strong2 99'])
  assert.is(await answer(keyring, keep, 7), undefined)
})

test('a first message that could not be kept uses nothing up', async () => {
  const { keyring, records } = openKeyring([countingSuite('one1', 1)])
  const failing = answer(keyring, async () => {
    throw new Error('the disk is full')
  })
  assert.ok(await failsWith(failing, 'the disk is full'))
  assert.is(records.get('one1')![0], 100)
})

test('how they stand is told without making, using or renewing any', async () => {
  const { keyring, records, time } = openKeyring([countingSuite('weak1', 1), countingSuite('strong2', 2)])
  assert.equal(await keyring.standings(), [])
  await keyring.renew()
  assert.is(records.size, 0, 'renewing makes none either')
  await keyring.offers({ once: true })
  time.week = 2
  const standing = { madeAt: 1, dueAt: 2, earlierUntil: undefined, ready: 99, given: 1 }
  assert.equal(await keyring.standings(), [
    { suite: 'strong2', ...standing },
    { suite: 'weak1', ...standing },
  ])
  assert.equal([...records.get('weak1')!], [99, 1])
  await keyring.renew()
  assert.equal([...records.get('weak1')!], [100, 2])
})

/** The plugin in a kernel, over records and a suite whose weeks are as long as a test says. */
function startPlugin(records: Map<string, Uint8Array>, weekLength: number) {
  const { store } = openRecords(records)
  const around = definePlugin({
    needs: { clock: Clock },
    provides: { store: Store, suite: Suite },
    start({ clock }) {
      const counting = countingSuite('one1', 1)
      const week = () => Math.floor(clock.now() / weekLength) % 256
      const suite: Suite = {
        ...counting,
        createPrekeys: () => counting.createPrekeys(week()),
        renewPrekeys: (kept) => counting.renewPrekeys(kept, week()),
      }
      return { store: store as Store, suite }
    },
  })
  return startTestHost({ plugins: [import.meta.dirname, testPlugin('around', around)], lend: { clock: Clock, keyring: Keyring } })
}

test('what is due is renewed at start and while it runs, though nobody asks', async () => {
  const day = 24 * 60 * 60 * 1000
  const records = new Map([['one1', Uint8Array.of(7, 255)]])
  await using host = await startPlugin(records, 7 * day)
  // What was begun at start comes first.
  assert.is((await host.lent.keyring.standings())[0]!.ready, 100)
  const first = records.get('one1')!
  await host.clock.advance(7 * day)
  assert.is(records.get('one1')![1], (first[1]! + 1) % 256, 'a week later')
})

test('with no suite on it says which plugin to switch on', async () => {
  const error = await openKeyring([])
    .keyring.offers({ once: true })
    .catch((fault: unknown) => fault)
  assert.ok(isPalabreError(error) && error.code === 'switched-off' && error.todo!.en.includes('suite-ratchet'))
})

test.run()
