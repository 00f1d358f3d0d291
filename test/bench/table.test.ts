import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { tableOf } from './table.ts'

test('numbers stand right, words left, and a missing one is a dash', () => {
  const table = tableOf('kernel/start', [
    {
      what: 'chain',
      unit: 'ms',
      ours: [2],
      peer: { name: 'Lumino', took: [1600] },
      aim: { of: 'ratio', atMost: 0.02 },
      notes: ['said beneath'],
    },
    { what: 'a plugin more', unit: 'kB', ours: [42.83], aim: { of: 'ours', atMost: 40 } },
    { what: 'help', unit: 'ms', ours: [58.5], peer: { name: 'node -e 0', took: [21.8] }, aim: { of: 'more', atMost: 150 } },
    { what: 'cycle', unit: 'ms', ours: [0.12345] },
  ])
  assert.is(
    table,
    [
      'kernel/start      ours     peer               ratio  aim',
      '-------------  -------  -------  ---------  -------  -------------  ------',
      'chain             2 ms  1600 ms  Lumino     0.0013×  ≤ 0.02×        met',
      '    said beneath',
      'a plugin more  42.8 kB        –                   –  ≤ 40 kB        missed',
      'help           58.5 ms  21.8 ms  node -e 0    2.68×  ≤ 150 ms over  met',
      'cycle          0.12 ms        –                   –  –',
    ].join('\n'),
  )
})

test.run()
