import { openTestPort } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { followRoads } from './follow-roads.ts'

const by = (kind: 'relayed' | 'direct') => ({ state: 'up', path: { kind } })
const moved = (conversation: string, kind: 'relayed' | 'direct') => ({
  kind: 'reachability',
  conversation,
  reachability: by(kind),
})

test('what is heard while all are read is newer than what was read', async () => {
  const reading = Promise.withResolvers<unknown>()
  const reads = [[], reading.promise]
  const kernel = openTestPort({ conversations: () => reads.shift() })
  const roads = followRoads(kernel)
  await kernel.settled()
  kernel.tell('messages.watch', { kind: 'conversation', conversation: 'Ada' })
  await kernel.settled()
  kernel.tell('messages.watch', moved('Ada', 'direct'))
  await kernel.settled()
  reading.resolve([
    { conversation: 'Ada', reachability: by('relayed') },
    { conversation: 'Bo', reachability: by('relayed') },
  ])
  await kernel.settled()
  assert.equal([roads.of('Ada'), roads.of('Bo')], [by('direct'), by('relayed')])
  kernel.tell('messages.watch', moved('Ada', 'relayed'))
  await kernel.settled()
  assert.equal(roads.of('Ada'), by('relayed'))
})

test('what can no longer be read is not claimed', async () => {
  const reads = [[{ conversation: 'Ada', reachability: by('direct') }]]
  const kernel = openTestPort({
    conversations: () => {
      const [read] = reads.splice(0)
      if (read === undefined) throw new Error('gone')
      return read
    },
  })
  const roads = followRoads(kernel)
  await kernel.settled()
  assert.equal(roads.of('Ada'), by('direct'))
  kernel.tell('messages.watch', { kind: 'conversation', conversation: 'Ada' })
  await kernel.settled()
  assert.is(roads.of('Ada'), undefined)
})

test.run()
