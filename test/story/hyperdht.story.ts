import createTestnet from 'hyperdht/testnet.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { conversation, meet, newTalker } from './two-talkers.ts'

/** A table of their own on this machine, and the settings of who meets there and has no other road. */
async function openTable() {
  const table = await createTestnet(6, { host: '127.0.0.1' })
  const bootstrap = table.bootstrap.map(({ host, port }) => `${host}:${port}`)
  return {
    only: { 'transport-tcp': false, 'transport-hyperdht': { enabled: true, config: { bootstrap, host: '127.0.0.1' } } },
    [Symbol.asyncDispose]: () => table.destroy(),
  }
}

test('two who have nothing but a table of their own meet by an invite and talk; without the plugin they do not', async () => {
  await using table = await openTable()
  await using ada = newTalker(table.only)
  await using bob = newTalker(table.only)
  await meet(ada, bob)
  assert.equal(
    (await conversation(ada, 'Bob')).map(({ text }) => text),
    ['we meet'],
  )

  const watching = ada.start(['net', 'watch', '--json'])
  const { addresses } = JSON.parse((await watching.says('\n')).split('\n')[0]!) as { addresses: string[] }
  assert.equal(
    addresses.map((one) => one.split('/').slice(1, 2)[0]),
    ['palabre'],
  )
  const ping = await bob.palabre('net', 'ping', addresses[0]!, '--count', '1')
  assert.is(ping.code, 0, ping.err)
  assert.match(ping.out, '(hyperdht)')

  assert.is((await bob.palabre('plugins', 'disable', 'transport-hyperdht')).code, 0)
  const without = await bob.palabre('net', 'ping', addresses[0]!, '--count', '1')
  assert.is(without.code, 2)
  assert.match(without.err, 'no transport that is on reaches')
})

test('with no table named it asks nobody, and says what is missing', async () => {
  await using ada = newTalker({ 'transport-tcp': false, 'transport-hyperdht': true })
  const { out, err } = await ada.palabre('net', 'info')
  assert.match(out, 'nowhere: nothing listens')
  assert.match(err, 'knows no node of a table')
})

test.run()
