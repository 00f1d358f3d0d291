// slow, limit: 300 s
import { readRelayLink } from '@palabre/sdk/contract/relay-link'
import { signalWire } from '@palabre/sdk/contract/signal-wire'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { startRelayProcess, type RelayProcess } from '../mailbox/relay-process.ts'
import { inOwnNetwork } from '../network/in-own-network.ts'
import { standBetween } from '../signal/between.ts'
import { newPerson, repository, type CliProcess, type Person } from './cli-process.ts'
import { listening } from './here-and-away.ts'
import { answered, conversation, linkOf } from './two-talkers.ts'

/** Nobody can call them: there is a room, and what else the story gives them. */
const hidden = (server: string, more: object = {}) =>
  newPerson({
    plugins: {
      'transport-tcp': { config: { listen: [] } },
      'transport-websocket': false,
      'log-console': { config: { level: 'info' } },
      'mailbox-client': false,
      'mailbox-friends': false,
      'signal-room': { config: { servers: [server] } },
      ...more,
    },
  })

const swapping = { 'test-swapped-answers': { enabled: true, from: join(repository, 'test/signal/swapped-answers') } }

const roomsOf = ({ link }: RelayProcess) => readRelayLink(link)!.signals!.find((one) => one.includes('//127.0.0.1:'))!

/** By a seat at the relay, which carries what is said while there is no better road. */
const seatAt = ({ link }: RelayProcess) => {
  const { peer, addresses } = readRelayLink(link)!
  return { 'transport-relay': { config: { relays: [`${addresses.find((one) => one.includes('/127.0.0.1/tcp/'))}/p2p/${peer}`] } } }
}

/** Ada is up with all plugins; Bob has accepted her invite. */
async function acquainted(ada: Person, bob: Person): Promise<CliProcess> {
  await answered(bob, 'invite', 'accept', await linkOf(ada), '--name', 'Ada')
  const up = ada.start(['run', '--json'])
  await up.says('"running":')
  return up
}

const onlyContactOf = async (person: Person) => (await answered<readonly { id: string }[]>(person, 'contacts', 'list'))[0]!.id

const saying = (text: string, until: 'sent' | 'delivered', seconds: number) =>
  ['send', '--to', 'Ada', '--message', text, '--wait', until, '--seconds', String(seconds)] as const

inOwnNetwork(import.meta.filename, () => {
  test('who shows another certificate than was agreed on in a room is refused, and both read why; with the right one they talk', async () => {
    await using relay = await startRelayProcess()
    await using ada = hidden(roomsOf(relay), swapping)
    await using bob = hidden(roomsOf(relay))
    const up = await acquainted(ada, bob)
    const { code, err } = await bob.palabre(...saying('are you there', 'sent', 20))
    assert.is(code, 3, err)
    assert.match(
      err,
      'not delivered to Ada yet: the direct connection was refused: it showed another certificate than was agreed on',
    )
    assert.match(err, 'warn  transport-webrtc: a direct connection was refused: it showed another certificate than was agreed on')
    await up.says('the other end refused a direct connection: it may have been told of another certificate than ours', 'err')
    assert.equal((await answered<{ links: unknown[] }>(ada, 'net', 'info')).links, [])

    assert.is((await ada.palabre('plugins', 'disable', 'test-swapped-answers')).code, 0)
    await answered(bob, ...saying('and now', 'delivered', 60))
    assert.equal(
      (await conversation(ada, await onlyContactOf(ada))).map(({ text }) => text),
      ['are you there', 'and now'],
    )
  })

  test('where every direct connection shows another certificate, they talk by the relay, which is not left', async () => {
    await using relay = await startRelayProcess()
    const seat = seatAt(relay)
    await using ada = hidden(roomsOf(relay), { ...swapping, ...seat })
    await using bob = hidden(roomsOf(relay), seat)
    const up = await acquainted(ada, bob)
    await listening(bob)
    await answered(bob, ...saying('by another road', 'delivered', 60))
    await up.says('the other end refused a direct connection', 'err')
    const { self } = await answered<{ self: string }>(ada, 'net', 'info')
    const peers = await answered<{ peer: string; path?: { transport: string } }[]>(bob, 'net', 'list-peers')
    assert.is(peers.find(({ peer }) => peer === self)?.path?.transport, 'relay')
  })

  test('a server of rooms that alters what passes keeps two apart, and both read it; without that they talk', async () => {
    await using relay = await startRelayProcess()
    let isHostile = true
    await using between = await standBetween({ url: roomsOf(relay) }, (bytes, direction) => {
      if (isHostile && direction === 'from the server' && bytes.length === signalWire.cell) bytes[700]! ^= 1
      return bytes
    })
    await using ada = hidden(between.url)
    await using bob = hidden(between.url)
    const up = await acquainted(ada, bob)
    const { code, err } = await bob.palabre(...saying('are you there', 'sent', 20))
    assert.is(code, 3, err)
    assert.match(err, 'not delivered to Ada yet: the meeting in a room broke off before both had proved who they are')
    await up.says(`what a server of rooms passed on is not what was said; the meeting is over server="${between.url}/"`, 'err')
    assert.equal((await answered<{ links: unknown[] }>(ada, 'net', 'info')).links, [])

    isHostile = false
    await answered(bob, ...saying('and now', 'delivered', 60))
  })
})
