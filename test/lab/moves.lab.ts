import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { startConversation } from './ground/conversation.ts'
import { moveIn } from './ground/inhabitant.ts'
import { openSite } from './ground/site.ts'

const quiet = { 'discovery-mdns': false, 'transport-webrtc-direct': false }

const roads = { all: [], tcp: ['transport-quic', 'transport-websocket'], quic: ['transport-tcp', 'transport-websocket'] }

for (const [name, off] of Object.entries(roads))
  for (const who of ['teller', 'listener'] as const) {
    test(`with ${name === 'all' ? 'all transports' : name}, the ${who} moves to another network in the middle of a sentence`, async () => {
      await using stack = new AsyncDisposableStack()
      const site = stack.use(await openSite(3))
      const machines = { teller: await site.machine(1), listener: await site.machine(2) }
      const plugins = { ...quiet, ...Object.fromEntries(off.map((one) => [one, false])) }
      const [teller, listener] = [
        stack.use(moveIn(machines.teller.space, plugins)),
        stack.use(moveIn(machines.listener.space, plugins)),
      ]
      const listening = listener.start('talk', 'listen')
      const here = (address: string) => address.includes(`/${machines.listener.address}/`)
      const ready = await listening.event((event) => event.kind === 'ready' && event.addresses.some(here))
      const talk = await startConversation(teller, listening, ready.kind === 'ready' ? ready.addresses.filter(here) : [])
      await talk.more(50)
      await machines[who].move(3)
      await talk.more(50)
      const silence = talk.check()
      console.log(
        `MEASURED: ${name}, the ${who} moved: silent for ${silence} s (aim 2, limit 5): ${silence < 5 ? 'met' : 'MISSED'}`,
      )
      assert.ok(silence < 5, `silent for ${silence} s`)
    })
  }

test.run()
