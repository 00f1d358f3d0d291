import type { Link } from '@palabre/sdk/contract/link'
import { signalWire } from '@palabre/sdk/contract/signal-wire'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { until } from '../mailbox/until.ts'
import type { TestPerson } from '../messenger/person.ts'
import { inOwnNetwork } from '../network/in-own-network.ts'
import { standBetween } from './between.ts'
import { startHidden } from './hidden-person.ts'
import { startSignalServer } from './signal-host.ts'
import { swapFingerprints } from './swap-fingerprint.ts'

/** Where an invite of hers leads, for him. */
async function invited(ada: TestPerson, bob: TestPerson): Promise<string[]> {
  const { link } = await ada.contacts.createInvite({ uses: 5 })
  const { id } = await bob.contacts.acceptInvite(link)
  const { peer, addresses } = (await bob.contacts.get(id))!.hints['link'] as { peer: string; addresses: string[] }
  return addresses.map((one) => `${one}/p2p/${peer}`)
}

const codeOf = (dialling: Promise<Link>) =>
  dialling.then(
    ({ path }) => `linked by ${path.transport}`,
    (error: { code: string }) => error.code,
  )

inOwnNetwork(import.meta.filename, () => {
  test('who answers with another fingerprint than its connection shows is refused; with the right one it is not', async () => {
    await using server = await startSignalServer()
    await using ada = await startHidden(server)
    await using bob = await startHidden()
    const addresses = await invited(ada, bob)
    await until(() => server.counts().rooms >= 1)
    {
      using swapping = swapFingerprints()
      assert.is(await codeOf(bob.network.dial(addresses)), 'peer-misbehaved')
      assert.ok(swapping.count() > 0, 'nothing was swapped')
    }
    assert.equal(
      [ada, bob].flatMap(({ network }) => network.links()),
      [],
    )
    assert.is(await codeOf(bob.network.dial(addresses)), 'linked by webrtc')
  })

  test('a server that alters one bit of what two say keeps them apart and learns nothing; without it they meet', async () => {
    await using server = await startSignalServer()
    let isHostile = true
    await using between = await standBetween(server, (bytes, direction) => {
      if (isHostile && direction === 'from the server' && bytes.length === signalWire.cell) bytes[700]! ^= 1
      return bytes
    })
    await using ada = await startHidden(between)
    await using bob = await startHidden()
    const addresses = await invited(ada, bob)
    await until(() => server.counts().rooms >= 1)
    assert.is(await codeOf(bob.network.dial(addresses)), 'peer-misbehaved')
    assert.equal(
      [ada, bob].flatMap(({ network }) => network.links()),
      [],
    )
    isHostile = false
    assert.is(await codeOf(bob.network.dial(addresses)), 'linked by webrtc')
  })
})
