import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createBook } from './book.ts'
import { limits } from './limits.ts'

test('what worked last stands first, and nothing stands twice', () => {
  const book = createBook()
  book.add('p', ['/a', '/b'], 'mdns')
  book.add('p', ['/b', '/c'], 'bootstrap')
  assert.is(book.workedLast('p'), undefined)
  book.worked('p', '/c')
  assert.is(book.workedLast('p'), '/c')
  assert.equal(book.addressesOf('p'), ['/c', '/a', '/b'])
  assert.equal(book.foundBy('p'), ['mdns', 'bootstrap'])
  assert.equal(book.addressesOf('q'), [])
})

test('a flood of addresses or peers pushes the oldest peers out and nothing grows', () => {
  const book = createBook()
  book.add(
    'flooded',
    Array.from({ length: 1_000 }, (_, i) => `/${i}`),
  )
  assert.is(book.addressesOf('flooded').length, limits.addressesPerPeer)
  book.worked('flooded', '/new')
  assert.is(book.addressesOf('flooded').length, limits.addressesPerPeer)
  assert.is(book.addressesOf('flooded')[0], '/new')
  book.add('kept', ['/k'])
  for (let i = 0; i < limits.bookPeers - 1; i++) {
    book.add(`p${i}`, ['/x'])
    if (i === 100) book.worked('kept', '/k')
  }
  assert.is(book.peers().length, limits.bookPeers)
  assert.equal(book.addressesOf('flooded'), [])
  assert.equal(book.addressesOf('kept'), ['/k'])
  book.clear()
  assert.equal(book.peers(), [])
})

test.run()
