import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createLedger } from './ledger.ts'

test('everything is given back, last taken first, each awaited before the next', async () => {
  const diary: string[] = []
  const ledger = createLedger(() => {})
  ledger.take('others', () => void diary.push('first'))
  ledger.take('timers', async () => {
    diary.push('second begins')
    await Promise.resolve()
    diary.push('second ends')
  })
  assert.equal(ledger.count(), { taps: 0, timers: 1, commands: 0, services: 0, contributions: 0, others: 1 })
  await ledger.giveBack()
  assert.equal(diary, ['second begins', 'second ends', 'first'])
  assert.is(ledger.count().timers, 0)
  await ledger.giveBack()
  assert.is(diary.length, 3)
})

test('what throws or rejects is told and does not stop the rest', async () => {
  const told: string[] = []
  const diary: string[] = []
  const ledger = createLedger((error) => void told.push((error as Error).message))
  ledger.take('others', () => void diary.push('rest'))
  ledger.take('others', () => {
    throw new Error('throws')
  })
  ledger.take('others', () => Promise.reject(new Error('rejects')))
  await ledger.giveBack()
  assert.equal([told, diary], [['rejects', 'throws'], ['rest']])
})

test('given back early is given back once; what is over by itself is not given back at all', async () => {
  let times = 0
  const ledger = createLedger(() => {})
  const early = ledger.take('taps', () => void times++)
  early[Symbol.dispose]()
  early[Symbol.dispose]()
  assert.is(times, 1)
  ledger.forget(ledger.take('taps', () => void times++))
  await ledger.giveBack()
  assert.is(times, 1)
})

test('abandoned things are let go of at once, around the one that hangs', async () => {
  const diary: string[] = []
  const ledger = createLedger(() => {})
  ledger.take('others', () => void diary.push('below'))
  ledger.take('others', () => new Promise(() => {}))
  void ledger.giveBack()
  await Promise.resolve()
  assert.equal(diary, [])
  ledger.abandon()
  assert.equal(diary, ['below'])
})

test('what a plugin is handed can do nothing but give back', () => {
  const held = createLedger(() => {}).take('timers', () => {})
  assert.equal(Reflect.ownKeys(held), [Symbol.dispose])
})

test.run()
