import { readRelayLink, relayLink } from '@palabre/sdk/contract/relay-link'
import { startTestHost } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { placeOf } from './own-link.ts'

const peer = '12D3KooWR6CmEWpqKtqcZsj3gcUBmo19863smhea6Az5t3vRDVcB'
const place = { peer, addresses: ['/ip4/192.0.2.1/tcp/4001', '/dns4/relay.example.org/tcp/443/wss'] }

test('a link says where a relay is, and everything else is none', () => {
  assert.equal(readRelayLink(relayLink(place)), place)
  assert.equal(readRelayLink(` https://example.org/relay#${relayLink(place).split('#')[1]!} `), place)
  assert.equal(readRelayLink(`/ip4/192.0.2.1/tcp/4001/p2p/${peer}`), { peer, addresses: ['/ip4/192.0.2.1/tcp/4001'] })
  const withRooms = { ...place, signals: ['wss://signal.example.org', 'ws://[2001:db8::1]:4040'] }
  assert.equal(readRelayLink(relayLink(withRooms)), withRooms)
  const others = [
    '',
    'palabre:relay#wss://signal.example.org',
    `${relayLink(place)},wss://signal.example.org/a?b`,
    'palabre:relay#',
    '/ip4/192.0.2.1/tcp/4001',
    `/p2p/${peer}`,
    `${relayLink(place)},/ip4/192.0.2.2/tcp/1/p2p/12D3KooWGc1z9Mp7yHKD4or1ArhWRikVinBtBurcVaXyLCXkkEB9`,
    `${relayLink(place)},<script>`,
    `/ip4/192.0.2.1/tcp/4001/p2p/${'x'.repeat(5000)}`,
  ]
  for (const said of others) assert.is(readRelayLink(said), undefined, said)
})

test('a link leads first to where everybody comes in, and to rooms there alone; to this machine alone where there is nothing else', () => {
  const rooms = { addresses: (hosts: readonly string[]) => hosts.map((host) => `ws://${host}:4003`) }
  const told = (...all: readonly string[]) => {
    const { addresses, signals } = placeOf({ self: peer, addresses: () => all.map((one) => `${one}/p2p/${peer}`) }, rooms)
    return { addresses, signals }
  }
  const [here, near, byWeb] = ['/ip4/127.0.0.1/tcp/4001', '/ip4/172.18.0.2/tcp/4001', '/ip4/172.18.0.2/tcp/4002/ws']
  const named = '/dns4/relay.example.org/tcp/4001'
  assert.equal(told(here, near, byWeb, named, `${named}/p2p/${peer}/p2p-circuit`), {
    addresses: [named, near, byWeb],
    signals: ['ws://relay.example.org:4003'],
  })
  assert.equal(told(here, near, byWeb), { addresses: [near, byWeb], signals: ['ws://172.18.0.2:4003'] })
  assert.equal(told(here), { addresses: [here], signals: ['ws://127.0.0.1:4003'] })
})

test('what is no link is refused, and a node that keeps nothing for others has no link to tell', async () => {
  await using host = await startTestHost({ plugins: [import.meta.dirname] })
  const codeOf = (id: string, args: object) =>
    host.commands.run(id, args).then(
      () => 'done',
      (error: { code: string }) => error.code,
    )
  assert.is(await codeOf('relay.add', { link: 'hello' }), 'bad-argument')
  assert.is(await codeOf('relay.link', {}), 'switched-off')
})

test.run()
