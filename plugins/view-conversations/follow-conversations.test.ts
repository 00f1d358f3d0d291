import type { Reply } from '@palabre/sdk/contract/command'
import type { Conversation } from '@palabre/sdk/contract/messenger'
import { openTestPort } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { presence, unreadCount } from './words.ts'
import { followConversations } from './follow-conversations.ts'

const talk = (conversation: string, receivedAt?: number): Conversation =>
  ({
    conversation,
    name: conversation,
    unread: 0,
    waiting: false,
    blocked: false,
    verified: false,
    reachability: { state: 'offline' },
    ...(receivedAt === undefined ? {} : { last: { receivedAt } }),
  }) as Conversation

test('the latest comes first, and who has just come stands above them all', async () => {
  const kernel = openTestPort({ conversations: () => [talk('Ada', 1), talk('Éloïse', 3), talk('new'), talk('Bo', 2)] })
  const list = followConversations(kernel)
  await kernel.settled()
  assert.equal(
    list.now.all.map(({ name }) => name),
    ['new', 'Éloïse', 'Bo', 'Ada'],
  )
  assert.equal(
    list.find('eloi').map(({ name }) => name),
    ['Éloïse'],
  )
})

test('what happens is read once for all that happens together, and typing is no news', async () => {
  let reads = 0
  const kernel = openTestPort({ conversations: () => [talk('Ada', ++reads)] })
  followConversations(kernel)
  await kernel.settled()
  assert.is(reads, 1)
  kernel.tell('messages.watch', { kind: 'typing' } as unknown as Reply['data'])
  await kernel.pass()
  assert.is(reads, 1)
  for (let count = 0; count < 5; count++) kernel.tell('messages.watch', { kind: 'message' })
  await kernel.pass()
  assert.is(reads, 2)
})

test('ways to be reached and numbers read well', () => {
  const path = { kind: 'lan', transport: 'tcp', address: '', since: 0, channel: 'noise', hops: [] } as const
  assert.is(presence({ state: 'up', path }).en, 'Direct · local network')
  assert.is(presence({ state: 'up', path: { ...path, kind: 'relayed' } }).fr, 'Relayée/Sécurisée')
  assert.is(unreadCount(2).fr, '2 messages non lus')
})

test.run()
