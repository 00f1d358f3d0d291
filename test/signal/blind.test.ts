import { toBase64Url, toHex } from '@palabre/sdk'
import { decodeSignal, signalWire } from '@palabre/sdk/contract/signal-wire'
import { peerIdFromString } from '@libp2p/peer-id'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { has } from '../mailbox/relay-host.ts'
import { until } from '../mailbox/until.ts'
import type { TestPerson } from '../messenger/person.ts'
import { inOwnNetwork } from '../network/in-own-network.ts'
import { standBetween } from './between.ts'
import { startHidden } from './hidden-person.ts'
import { startSignalServer } from './signal-host.ts'

const marker = 'the-marker-that-nobody-may-see'

inOwnNetwork(import.meta.filename, () => {
  test('all that a server of rooms sees, keeps and logs tells no word, no name, no key, no node, and sizes only on the grid', async () => {
    await using server = await startSignalServer()
    await using between = await standBetween(server)
    await using ada = await startHidden(between)
    await using bob = await startHidden(between)
    await ada.contacts.setMyName('Ada Marker-Name')
    const { link } = await ada.contacts.createInvite({})
    await until(() => server.counts().rooms >= 1)
    const contact = await bob.contacts.acceptInvite(link)
    await bob.messenger.send(contact.id, { text: `${marker} one` })
    await has(ada, bob.id, `${marker} one`)
    // Again, by the other one's address, when both have come back.
    await Promise.all([ada, bob].map((one) => one.stop()))
    await using adaAgain = await ada.restart()
    await using bobAgain = await bob.restart()
    await until(() => server.counts().rooms >= 2)
    await adaAgain.messenger.send(bob.id, { text: `${marker} two` })
    await has(bobAgain, ada.id, `${marker} two`)
    await until(() => server.counts().sockets === 0)

    const cells = between.seen.flatMap(({ bytes }) => {
      const message = decodeSignal(bytes)
      return message?.kind === 'cell' ? [{ room: toHex(message.room), sealed: Buffer.from(message.sealed) }] : []
    })
    assert.ok(cells.length > 20, `${cells.length} cells`)
    for (const { bytes } of between.seen)
      assert.ok([signalWire.word, signalWire.cell].includes(bytes.length as 48), `${bytes.length} bytes`)

    const all = Buffer.concat(between.seen.map(({ bytes }) => bytes))
    const keys = [await keyOf(bob, ada), await keyOf(ada, bob)]
    const nodes = [ada, bob].map(({ network }) => network.self)
    const secrets = [
      marker,
      'Marker-Name',
      '10.77.0.1',
      'fingerprint',
      'candidate',
      ...[ada, bob].map(({ id }) => id),
      ...nodes,
      ...[...keys, ...nodes.map((node) => peerIdFromString(node).toMultihash().bytes)].flatMap((key) => [
        Buffer.from(key),
        toHex(key),
        toBase64Url(key),
      ]),
    ]
    for (const secret of secrets)
      for (const one of [all, Buffer.from(server.log())]) assert.is(one.indexOf(secret), -1, String(secret))

    const rooms = new Map(Map.groupBy(cells, ({ room }) => room))
    assert.ok(rooms.size >= 2, `${rooms.size} rooms`)
    const said = [...rooms.values()].map((mine) => piecesOf(mine.map(({ sealed }) => sealed)))
    for (const [at, one] of said.entries())
      for (const other of said.slice(at + 1)) assert.ok(one.isDisjointFrom(other), 'two rooms have something in common')
  })
})

const keyOf = async (who: TestPerson, whom: TestPerson) => (await who.contacts.get(whom.id))!.key

/** Every nine bytes in a row. */
function piecesOf(parts: readonly Buffer[]): Set<string> {
  const bytes = Buffer.concat(parts)
  return new Set(Array.from({ length: Math.max(bytes.length - 8, 0) }, (_, at) => bytes.toString('latin1', at, at + 9)))
}
