import { definePlugin } from '@palabre/sdk'
import { greeterLaws } from '@palabre/sdk/conformance/greeter'
import { proveAll } from '@palabre/sdk/conformance/law'
import { Greeter, Greeting } from '@palabre/sdk/contract/greeter'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

proveAll(test, greeterLaws, async () => {
  const host = await startTestHost({ plugins: [import.meta.dirname], lend: { greeter: Greeter } })
  return { subject: host.lent.greeter, close: () => host.stop() }
})

test('every greeting passes the hook on its way out', async () => {
  const shouting = definePlugin({
    taps: [Greeting],
    start: (_, scope) => void scope.tap(Greeting, (greeting) => greeting.toUpperCase()),
  })
  await using host = await startTestHost({
    plugins: [import.meta.dirname, testPlugin('shouting', shouting)],
    lend: { greeter: Greeter },
  })
  assert.is(host.lent.greeter.greet('Awa'), 'HELLO, AWA!')
  await host.plugins.disable('shouting')
  assert.is(host.lent.greeter.greet('Awa'), 'Hello, Awa!')
})

test('a new word reaches it while it runs', async () => {
  await using host = await startTestHost({ plugins: [import.meta.dirname], lend: { greeter: Greeter } })
  await host.plugins.configure('example-greeter', { word: 'Salut' })
  assert.is(host.lent.greeter.greet('Awa'), 'Salut, Awa!')
})

test.run()
