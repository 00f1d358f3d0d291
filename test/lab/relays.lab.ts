import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { startConversation } from './ground/conversation.ts'
import { moveIn, type PluginSettings } from './ground/inhabitant.ts'
import { openInternet, type Place } from './ground/internet.ts'
import { guestOf, openRelay, type Relay } from './ground/relay.ts'

/** Two people behind NATs of this kind who talk, at first through the first of the relays. */
async function openTalk(stack: AsyncDisposableStack, place: Place, count: number, plugins: PluginSettings = {}) {
  const internet = stack.use(await openInternet())
  const relays: Relay[] = []
  for (let i = 0; i < count; i++) relays.push(stack.use(await openRelay(await internet.machine('open'))))
  const settings = {
    ...guestOf(relays[0]!),
    'transport-relay': { relays: relays.map(({ at }) => at), seats: count },
    ...plugins,
  }
  const [one, other] = [
    stack.use(moveIn((await internet.machine(place)).space, settings)),
    stack.use(moveIn((await internet.machine(place)).space, settings)),
  ]
  const listening = one.start('talk', 'listen')
  const ready = await listening.event(
    (event) =>
      event.kind === 'ready' && relays.every(({ at }) => event.addresses.some((one) => one.startsWith(`${at}/p2p-circuit`))),
  )
  const self = ready.kind === 'ready' ? ready.self : ''
  return {
    relays,
    talk: await startConversation(
      other,
      listening,
      relays.map((relay) => relay.to(self)),
    ),
  }
}

test('a direct path needs its relay no longer: killed, and not a word is late', async () => {
  await using stack = new AsyncDisposableStack()
  const { relays, talk } = await openTalk(stack, 'port-restricted', 1)
  await talk.path(({ path }) => path.kind === 'direct')
  await talk.more(25)
  await relays[0]!.kill()
  await talk.more(100)
  const silence = talk.check()
  console.log(`MEASURED: relayed to direct and the relay killed: silent for ${silence} s at most`)
  assert.ok(silence < 5)
})

test('the relay that carries a conversation is killed, and it goes on through the other', async () => {
  await using stack = new AsyncDisposableStack()
  const { relays, talk } = await openTalk(stack, 'udp-blocked', 2, { 'upgrade-tcp-punch': false })
  await talk.more(50)
  const used = talk.teller.events().findLast((event) => event.kind === 'linked' || event.kind === 'changed')
  assert.ok(used?.kind === 'linked' || used?.kind === 'changed')
  assert.is(used.path.kind, 'relayed')
  await relays.find(({ at }) => used.path.address.startsWith(at))!.kill()
  await talk.more(50)
  const silence = talk.check()
  console.log(`MEASURED: the relay in use killed, another there: silent for ${silence} s (aim 2, limit 5)`)
  assert.ok(silence < 5, `silent for ${silence} s`)
})

test.run()
