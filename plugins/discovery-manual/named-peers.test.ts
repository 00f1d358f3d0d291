import { discoveryLaws } from '@palabre/sdk/conformance/discovery'
import { proveAll } from '@palabre/sdk/conformance/law'
import { Discovery } from '@palabre/sdk/contract/discovery'
import { encodeInviteBody, inviteLink } from '@palabre/sdk/contract/invite-wire'
import { fakeClock, startTestHost } from '@palabre/sdk/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { namedPeers } from './named-peers.ts'

const self = '12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA'
const peer = '12D3KooWHHzSeKaY8xuZVzkLbKFfvNgPPeKhFBGrMbNzbm5akpqu'
const full = (address: string, id = peer) => `${address}/p2p/${id}`

proveAll(test, discoveryLaws, async () => {
  const clock = fakeClock()
  const named = namedPeers([], 60_000, clock)
  const subject = {
    discovery: named.discovery,
    node: { self, addresses: () => [], components: {} },
    appear: async (addresses: readonly string[]) => {
      named.remove(peer)
      for (const one of addresses) named.add(full(one))
      return peer
    },
    litter: async () =>
      named.change(['', '/', 'nobody', '/ip4/127.0.0.1/tcp/1', '/p2p/', full('/ip4/127.0.0.1/tcp/1', self)], 60_000),
    move: () => clock.advance(60_000),
  }
  return {
    subject,
    close: async () => assert.is(clock.waiting, 0),
  }
})

test('a peer with two addresses is named once, with both', async () => {
  const { discovery } = namedPeers([full('/ip4/127.0.0.1/tcp/1'), full('/ip4/127.0.0.1/tcp/2')], 1, fakeClock())
  const stop = new AbortController()
  for await (const found of discovery.find({ self, addresses: () => [], components: {}, signal: stop.signal })) {
    assert.equal(found, { peer, addresses: ['/ip4/127.0.0.1/tcp/1', '/ip4/127.0.0.1/tcp/2'] })
    break
  }
})

test('who is named by a command is found at once, without waiting for the next round', async () => {
  await using host = await startTestHost({ plugins: [import.meta.dirname], lend: { discoveries: Discovery } })
  const [discovery] = [...host.lent.discoveries]
  const stop = new AbortController()
  const search = discovery!.find({ self, addresses: () => [], components: {}, signal: stop.signal })[Symbol.asyncIterator]()
  const first = search.next()
  await host.commands.run('net.add-peer', { address: [full('/ip4/127.0.0.1/tcp/9')] })
  assert.equal((await first).value, { peer, addresses: ['/ip4/127.0.0.1/tcp/9'] })
  const { data } = await host.commands.run('net.named-peers', {})
  assert.equal(data, [full('/ip4/127.0.0.1/tcp/9')])

  await host.commands.run('net.remove-peer', { peer })
  assert.equal((await host.commands.run('net.named-peers', {})).data, [])
  await refuses(host.commands.run('net.remove-peer', { peer }), 'peer-unknown')
  await refuses(host.commands.run('net.add-peer', { address: ['/ip4/127.0.0.1/tcp/9'] }), 'bad-argument')
  const over = search.next()
  stop.abort()
  assert.is((await over).done, true)
})

test('an invite names the node of who made it, and a broken one nobody', async () => {
  const body = { key: new Uint8Array(32), id: '00'.repeat(16), expiresAt: 0, name: 'Awa', offers: [] }
  const invite = (hints: object) => inviteLink(encodeInviteBody({ ...body, hints: { ...hints } }), new Uint8Array(64))
  const link = invite({ link: { peer, addresses: ['/ip4/127.0.0.1/tcp/9'] } })
  await using host = await startTestHost({ plugins: [import.meta.dirname], lend: { discoveries: Discovery } })
  for (const unfit of [invite({}), link.slice(0, -4)])
    await refuses(host.commands.run('net.add-peer', { address: [unfit] }), 'bad-argument')
  await host.commands.run('net.add-peer', { address: [link] })
  const stop = new AbortController()
  const [discovery] = [...host.lent.discoveries]
  for await (const found of discovery!.find({ self, addresses: () => [], components: {}, signal: stop.signal })) {
    assert.equal(found, { peer, addresses: ['/ip4/127.0.0.1/tcp/9'] })
    break
  }
  await host.commands.run('net.remove-peer', { peer })
  assert.equal((await host.commands.run('net.named-peers', {})).data, [])
})

async function refuses(run: Promise<unknown>, code: string): Promise<void> {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason as { code: string },
  )
  assert.is(error?.code, code)
}

test.run()
