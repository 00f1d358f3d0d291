import { definePlugin } from '@palabre/sdk'
import { Arrival } from '@palabre/sdk/contract/arrival'
import { Commands } from '@palabre/sdk/contract/command'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

test('what waits is shown until it is settled; settling what no longer waits changes nothing', async () => {
  await using door = await openDoor('one')
  const run = async (id: string, args = {}) => (await door.commands.run(id, args)).data
  assert.equal(await run('arrival.show'), { invite: 'one' })
  door.bring('two')
  assert.equal(await run('arrival.settle', { invite: 'one' }), { invite: 'two' })
  assert.equal(await run('arrival.settle', { invite: 'two' }), {})
  assert.equal(await run('arrival.show'), {})
})

test('who follows hears what waits now, then each change', async () => {
  await using door = await openDoor('one')
  const heard = door.commands.stream('arrival.watch')[Symbol.asyncIterator]()
  const next = async () => (await heard.next()).value?.data as unknown
  assert.equal(await next(), { invite: 'one' })
  const later = next()
  door.bring('two')
  assert.equal(await later, { invite: 'two' })
  await door.commands.run('arrival.settle', { invite: 'two' })
  assert.equal(await next(), {})
  await heard.return?.()
  assert.is(door.watchers(), 0)
})

test.run()

async function openDoor(first?: string) {
  let now = first
  const watchers = new Set<(invite: string | undefined) => void>()
  const say = (invite: string | undefined) => {
    now = invite
    for (const fn of watchers) fn(invite)
  }
  const arrival: Arrival = {
    waiting: () => now,
    settle(invite) {
      if (invite === now) say(undefined)
    },
    watch(fn) {
      watchers.add(fn)
      return { [Symbol.dispose]: () => void watchers.delete(fn) }
    },
  }
  const door = testPlugin('door', definePlugin({ provides: { arrival: Arrival }, start: () => ({ arrival }) }))
  const host = await startTestHost({ host: 'web', plugins: [import.meta.dirname, door], lend: { commands: Commands } })
  return {
    commands: host.lent.commands,
    bring: say,
    watchers: () => watchers.size,
    [Symbol.asyncDispose]: () => host[Symbol.asyncDispose](),
  }
}
