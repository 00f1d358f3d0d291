import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { has } from '../mailbox/relay-host.ts'
import { until } from '../mailbox/until.ts'
import { inOwnNetwork } from '../network/in-own-network.ts'
import { startHidden } from './hidden-person.ts'
import { startSignalServer } from './signal-host.ts'

inOwnNetwork(import.meta.filename, () => {
  test('an address that leads to a meeting and no further is no road for a link', async () => {
    await using ada = await startHidden()
    const meeting = `/ip4/127.0.0.1/tcp/9/http/http-path/palabre-meet.${'A'.repeat(43)}`
    const codeOf = (address: string) =>
      ada.network.dial(`${address}/p2p/12D3KooWGC6TvWhfapngX6wvJHMYvKpDMXPb3ZnCZ6dMoaMtimQ5`).then(
        () => 'linked',
        (error: { code: string }) => error.code,
      )
    assert.is(await codeOf(meeting), 'switched-off')
    assert.is(await codeOf(`${meeting}/webrtc`), 'unreachable')
  })

  test('two without any relay talk by an invite that leads to a room, and talk on when its server is gone', async () => {
    await using server = await startSignalServer()
    await using ada = await startHidden(server)
    await using bob = await startHidden(server)
    assert.equal(ada.network.addresses(), [])
    const { link } = await ada.contacts.createInvite({ name: 'Ada' })
    await until(() => server.counts().rooms >= 1)
    const contact = await bob.contacts.acceptInvite(link)
    await bob.messenger.send(contact.id, { text: 'under the tree' })
    await has(ada, bob.id, 'under the tree')
    await has(bob, ada.id, 'under the tree', 'delivered')
    assert.equal(
      [ada, bob].flatMap(({ network }) => network.links().map(({ path }) => path.transport)),
      ['webrtc', 'webrtc'],
    )
    await until(() => server.counts().sockets === 0)
    await server.stop()
    await ada.messenger.send(bob.id, { text: 'nobody between us' })
    await has(bob, ada.id, 'nobody between us')
  })
})
