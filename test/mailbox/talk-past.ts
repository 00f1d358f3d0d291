import * as assert from 'uvu/assert'
import { meet, type TestPerson } from '../messenger/person.ts'
import { has, knowsMailboxOf, startPersonAt, type TestRelay } from './relay-host.ts'
import { until } from './until.ts'

/** Ada writes while Bob is away, and is away when he is back: everything once, in order, and she learns of it afterwards. */
export async function talkPast(relays: readonly TestRelay[], count: number): Promise<void> {
  await using ground = await acquainted(relays)
  const { ada, bob } = ground
  await bob.stop()
  const texts = Array.from({ length: count }, (_, index) => `number ${index}`)
  for (const text of texts) {
    const { id } = await ada.messenger.send(bob.id, { text })
    await until(async () => (await ada.messenger.message(id))!.state === 'stored')
  }
  await ada.stop()
  await using back = await bob.restart()
  await has(back, ada.id, texts.at(-1)!)
  const came = (await back.messenger.history(ada.id, { limit: 500 })).filter(({ mine, kind }) => !mine && kind === 'text')
  assert.equal(
    came.map(({ text }) => text),
    texts,
  )
  await until(async () => (await owes(back)) === 0)
  await back.stop()
  await using returned = await ada.restart()
  await until(async () =>
    (await returned.messenger.history(bob.id, { limit: 500 }))
      .filter(({ mine }) => mine)
      .every(({ state }) => state === 'delivered'),
  )
}

/** Two who know each other, and whose mailboxes know their queues. */
export async function acquainted(relays: readonly TestRelay[]) {
  const ada = await startPersonAt(relays)
  const bob = await startPersonAt(relays)
  await meet(ada, bob)
  await until(async () => (await knowsMailboxOf(ada, bob)) && (await knowsMailboxOf(bob, ada)))
  await until(() => relays.every((relay) => relay.count('queue') >= 3))
  return {
    ada,
    bob,
    async [Symbol.asyncDispose]() {
      await ada[Symbol.asyncDispose]()
      await bob[Symbol.asyncDispose]()
    },
  }
}

/** How many messages that came are not acknowledged yet to who wrote them. */
export const owes = async (who: TestPerson) =>
  ((await who.host.commands.run('mailbox.status', {})).data as { readonly owed: number }).owed
