import { startTestHost } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const greeter = new URL('../example-greeter', import.meta.url).pathname
const ring = { command: 'doorbell.ring', args: { name: 'Awa' } }

test('ringing greets, and whoever comes back within the hour hears the bell', async () => {
  await using host = await startTestHost({ plugins: [import.meta.dirname, greeter] })
  const visit = async () => (await host.commands.run(ring.command, ring.args)).data
  assert.equal(await visit(), { greeting: 'Hello, Awa!', visits: 1 })
  assert.equal(await visit(), { greeting: 'Hello, Awa! 🔔', visits: 1 })
  await host.clock.advance(3_700_000)
  assert.equal(await visit(), { greeting: 'Hello, Awa!', visits: 1 })
})

test('without the greeter it is blocked and its command says why; with it, all is back', async () => {
  await using host = await startTestHost({ plugins: [import.meta.dirname, greeter] })
  await host.plugins.disable('example-greeter')
  const { plugin } = host.plugins.why('example-doorbell')
  assert.is(plugin.state, 'blocked')
  assert.match(plugin.reason!.en, 'example-greeter')
  assert.equal(plugin.holds, { taps: 0, timers: 0, commands: 0, services: 0, contributions: 0, others: 0 })
  const error = await host.commands.run(ring.command, ring.args).catch((thrown: Error) => thrown)
  assert.match((error as Error).message, 'example-greeter is switched off')
  await host.plugins.enable('example-greeter')
  assert.equal((await host.commands.run(ring.command, ring.args)).data, { greeting: 'Hello, Awa!', visits: 1 })
})

test.run()
