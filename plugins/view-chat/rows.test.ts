import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testMessage } from './message-for-tests.ts'
import { rowsOf } from './rows.ts'

test('a day begins with its date, what is unread with a line, and one author’s words stand together', () => {
  const day = 86_400_000
  const first = testMessage(1)
  const messages = [
    first,
    testMessage(2),
    testMessage(3, { mine: true, author: 'pal1me' }),
    testMessage(4, { sentAt: first.sentAt + day }),
    testMessage(5, { sentAt: first.sentAt + day + 1 }),
    testMessage(6, { kind: 'notice', author: '', text: 'gap/2', sentAt: first.sentAt + day + 2 }),
  ]
  const rows = rowsOf(messages, 5)
  assert.equal(
    rows.map(({ kind }) => kind),
    ['day', 'message', 'message', 'message', 'day', 'message', 'unread', 'message', 'notice'],
  )
  const groups = rows.flatMap((row) => (row.kind === 'message' ? [[row.isFirst, row.isLast]] : []))
  assert.equal(groups, [
    [true, false],
    [false, true],
    [true, true],
    [true, true],
    [true, true],
  ])
})

test('every row has a name of its own', () => {
  const rows = rowsOf(
    Array.from({ length: 50 }, (_, place) => testMessage(place + 1)),
    9,
  )
  assert.is(new Set(rows.map(({ key }) => key)).size, rows.length)
})

test.run()
