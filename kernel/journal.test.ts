import { settled } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openJournal, type BootJournal } from './journal.ts'

test('two deaths in a row while starting make a suspect; one start that is survived clears it', () => {
  const storage = stored()
  open(storage).starting('a')
  assert.equal([...open(storage).suspects], [])
  const second = open(storage)
  second.starting('a')
  second.starting('b')
  second.survived('b')
  assert.equal([...open(storage).suspects], ['a'])
  assert.equal([...open(storage).suspects], ['a'], 'a boot that leaves it out does not clear it')
  open(storage).forgive('a')
  assert.equal([...open(storage).suspects], [])
})

test('deaths are counted in a row only', () => {
  const storage = stored()
  open(storage).starting('a')
  const good = open(storage)
  good.starting('a')
  good.survived('a')
  open(storage).starting('a')
  assert.equal([...open(storage).suspects], [])
})

test('a boot in which nothing starts counts no death', () => {
  const storage = stored()
  open(storage).starting('a')
  for (let boot = 0; boot < 5; boot++) open(storage)
  assert.equal([...open(storage).suspects], [])
})

test('those under suspicion start one at a time, the others at once', async () => {
  const journal = open(stored('{"starting":["a","b"]}'))
  const diary: string[] = []
  const start = async (id: string) => {
    await journal.turn(id)
    journal.starting(id)
    diary.push(id)
  }
  const all = Promise.all([start('a'), start('b'), start('c')])
  await settled()
  assert.equal(diary, ['c', 'a'])
  journal.survived('a')
  await all
  assert.equal(diary, ['c', 'a', 'b'])
  await journal.turn('a')
})

test('a damaged journal counts as far as it makes sense, and never throws', () => {
  const damaged = ['', '{', 'null', '[]', '"x"', '{"starting":5,"deaths":[]}', '{"starting":[1,null],"deaths":{"a":"9","b":null}}']
  for (const saved of damaged) assert.equal([...open(stored(saved)).suspects], [], saved)
  assert.equal([...open(stored('{"starting":"abc","deaths":{"a":2}}')).suspects], ['a'])
})

test('what the storage throws is told and goes no further', () => {
  const told: string[] = []
  const full: BootJournal = {
    load() {
      throw new Error('no disk')
    },
    save() {
      throw new Error('full')
    },
  }
  const journal = openJournal(full, (error) => void told.push((error as Error).message))
  journal.starting('a')
  journal.survived('a')
  assert.equal(told, ['no disk', 'full', 'full'])
})

test('without a storage nothing is kept', () => {
  const journal = openJournal(undefined, () => {})
  journal.starting('a')
  journal.survived('a')
  assert.equal([...journal.suspects], [])
})

test.run()

function open(storage: BootJournal) {
  return openJournal(storage, (error) => {
    throw error
  })
}

function stored(saved?: string): BootJournal {
  let content = saved
  return { load: () => content, save: (next) => void (content = next) }
}
