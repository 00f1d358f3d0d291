import { definePlugin, fromHex, isPalabreError, joinBytes, utf8 } from '@palabre/sdk'
import { Asker } from '@palabre/sdk/contract/asker'
import { Contacts } from '@palabre/sdk/contract/contacts'
import { Network } from '@palabre/sdk/contract/network'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { ShortInvites } from '@palabre/sdk/contract/short-invites'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { protocol, readAll } from './exchange.ts'

const others = [
  'clock-system',
  'primitives-node',
  'vault-file',
  'store-memory',
  'identity-seed',
  'suite-ratchet',
  'keyring-store',
  'contacts-book',
  'overlay-memory-none',
  'network-libp2p',
  'transport-tcp',
  'channel-noise',
].map((id) => new URL(`../${id}`, import.meta.url).pathname)

/** A real node on loopback with a real book. */
async function open() {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-short-'))
  const lending = definePlugin({
    provides: { folder: ProfileFolder, asker: Asker },
    start: () => ({
      folder: { file: (name: string) => join(folder, name) },
      asker: { isAttended: false, secret: async () => undefined },
    }),
  })
  const host = await startTestHost({
    plugins: [import.meta.dirname, ...others, testPlugin('host-test', lending)],
    config: { 'transport-tcp': { listen: ['/ip4/127.0.0.1/tcp/0'] } },
    lend: { contacts: Contacts, network: Network, short: ShortInvites },
    besideOthers: true,
  })
  await host.lent.network.ready()
  return {
    ...host.lent,
    host,
    async [Symbol.asyncDispose]() {
      await host.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (isPalabreError(error) ? error.code : String(error)),
  )

test('a short invite becomes the whole one, as long as that holds', async () => {
  await using ada = await open()
  await using bob = await open()
  const invite = await ada.contacts.createInvite({ name: 'Ada' })
  const short = ada.short.shorten(invite)!
  assert.ok(short.length <= 200, `${short.length} characters`)
  assert.is(await bob.short.expand(short), invite.link)
  assert.is((await bob.contacts.acceptInvite(invite.link)).name, 'Ada')
  assert.is(await bob.short.expand(invite.link), undefined, 'a whole link is none of its business')
  assert.is(await codeOf(ada.short.expand(short)), 'bad-argument', 'our own')
  assert.is(await codeOf(bob.short.expand(short.slice(0, -4))), 'bad-argument')
  await ada.contacts.revokeInvite(invite.id)
  assert.is(await codeOf(bob.short.expand(short)), 'denied')
})

test('who answers with something else is refused: nonsense, too much, the invite of somebody else', async () => {
  await using ada = await open()
  await using eve = await open()
  await using bob = await open()
  const [mine, theirs] = [await ada.contacts.createInvite({}), await eve.contacts.createInvite({})]
  const short = ada.short.shorten(mine)!
  let answer: Uint8Array = new Uint8Array()
  await ada.host.plugins.disable('invite-short')
  assert.is(await codeOf(bob.short.expand(short)), 'wrong-version', 'nobody answers there')
  using _hostile = ada.network.protocol(protocol, async (stream) => {
    await readAll(stream, 16)
    await stream.write(answer)
    await stream.closeWrite()
  })
  const link = (said: string) => joinBytes(Uint8Array.of(1), utf8.encode(said))
  for (const [bytes, code] of [
    [Uint8Array.of(0), 'denied'],
    [new Uint8Array(), 'peer-misbehaved'],
    [Uint8Array.of(2), 'peer-misbehaved'],
    [Uint8Array.of(1, 0xff, 0xfe), 'peer-misbehaved'],
    [link('hello'), 'peer-misbehaved'],
    [link(theirs.link), 'peer-misbehaved'],
    [link(`${mine.link.slice(0, -1)}${mine.link.endsWith('A') ? 'B' : 'A'}`), 'peer-misbehaved'],
    [new Uint8Array(64 * 1024).fill(1), 'peer-misbehaved'],
    [link(mine.link), 'done'],
  ] as const) {
    answer = bytes
    assert.is(await codeOf(bob.short.expand(short)), code, `${bytes.length} bytes`)
  }
})

test('who asks for nonsense gets nothing', async () => {
  await using ada = await open()
  await using eve = await open()
  const { id } = await ada.contacts.createInvite({})
  const ask = async (said: Uint8Array) => {
    await eve.network.dial(ada.network.addresses())
    const stream = await eve.network.open(ada.network.self, protocol)
    await stream.write(said).catch(() => undefined)
    await stream.closeWrite().catch(() => undefined)
    return (await readAll(stream, 20_000).catch(() => undefined))?.[0]
  }
  assert.is(await ask(fromHex(id)!), 1)
  assert.is(await ask(fromHex('00'.repeat(16))!), 0)
  assert.is(await ask(fromHex(id)!.subarray(0, 15)), undefined)
  assert.is(await ask(new Uint8Array(100_000)), undefined)
})

test('when the inviter is gone it says that both must be there', async () => {
  await using bob = await open()
  let short = ''
  {
    await using ada = await open()
    short = ada.short.shorten(await ada.contacts.createInvite({}))!
  }
  assert.is(await codeOf(bob.short.expand(short)), 'unreachable')
})

test.run()
