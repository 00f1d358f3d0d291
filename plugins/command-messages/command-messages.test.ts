import { definePlugin, isPalabreError } from '@palabre/sdk'
import { Asker } from '@palabre/sdk/contract/asker'
import { Contacts } from '@palabre/sdk/contract/contacts'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { Route } from '@palabre/sdk/contract/route'
import type { StoredMessage } from '@palabre/sdk/contract/store'
import { Store } from '@palabre/sdk/contract/store'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const others = [
  'messenger-pipeline',
  'contacts-book',
  'store-memory',
  'identity-seed',
  'vault-file',
  'primitives-node',
  'suite-ratchet',
  'keyring-store',
]

/** A road on which somebody keeps whatever comes. */
const mailbox = testPlugin(
  'route-mailbox',
  definePlugin({
    provides: { route: Route },
    start: () => ({
      route: {
        name: 'mailbox',
        rank: 50,
        keeps: true,
        open: () => ({ [Symbol.dispose]: () => undefined }),
        hints: () => undefined,
        watchHints: () => ({ [Symbol.dispose]: () => undefined }),
        carry: async () => ({ state: 'stored' as const, at: ['here'] }),
        pathTo: () => undefined,
      },
    }),
  }),
)

async function openHost(...more: readonly (typeof mailbox)[]) {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-commands-'))
  const lending = definePlugin({
    provides: { folder: ProfileFolder, asker: Asker },
    start: () => ({
      folder: { file: (name: string) => join(folder, name) },
      asker: { isAttended: false, secret: async () => undefined },
    }),
  })
  const folders = others.map((id) => join(import.meta.dirname, '..', id))
  const host = await startTestHost({
    plugins: [import.meta.dirname, ...folders, testPlugin('host-test', lending), ...more],
    lend: { contacts: Contacts, store: Store },
    besideOthers: true,
  })
  const run = (id: string, args: object = {}) => host.commands.run(id, args)
  const data = async <T>(id: string, args: object = {}) => (await run(id, args)).data as T
  const close = async () => {
    await host.stop()
    rmSync(folder, { recursive: true })
  }
  return { ...host.lent, host, run, data, [Symbol.asyncDispose]: close }
}

type Opened = Awaited<ReturnType<typeof openHost>>

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    (error: unknown) => (isPalabreError(error) ? error.code : error),
  )

/** Bob with Ada in the book; no road leads to her. */
async function knowing(ada: Opened, bob: Opened): Promise<void> {
  await bob.contacts.acceptInvite((await ada.contacts.createInvite({ name: 'Ada' })).link)
}

test('what cannot go is kept, and outbox says why not; what is asked to be delivered fails as the network’s', async () => {
  await using ada = await openHost()
  await using bob = await openHost()
  await knowing(ada, bob)
  const sent = await bob.run('send', { to: 'ada', message: 'good morning\n', seconds: 0 })
  const { id, text, state } = sent.data as StoredMessage
  assert.equal([text, state], ['good morning', 'queued'])
  assert.match(sent.text!.fr, 'route-link')
  assert.is(await codeOf(bob.run('send', { to: 'Ada', message: 'now', wait: 'delivered', seconds: 0 })), 'timed-out')
  const { text: outbox, data } = await bob.run('outbox')
  assert.ok((data as { message?: string }[]).some(({ message }) => message === id))
  assert.match(outbox!.en, 'route-link')
  await bob.run('send', { to: 'Ada', message: 'good morning', id, seconds: 0 })
  assert.is((await bob.data<object[]>('history', { peer: 'Ada' })).length, 2, 'the same id is sent once')
})

test('what a mailbox keeps is answered at once, unless the delivery was asked for', async () => {
  await using ada = await openHost()
  await using bob = await openHost(mailbox)
  await knowing(ada, bob)
  const { state } = await bob.data<StoredMessage>('send', { to: 'Ada', message: 'for later', seconds: 86_400 })
  assert.is(state, 'stored')
  assert.is(await codeOf(bob.run('send', { to: 'Ada', message: 'now', wait: 'delivered', seconds: 0 })), 'timed-out')
})

test('what was taken back does not go, and whoever waits for its delivery is told so at once', async () => {
  await using ada = await openHost()
  await using bob = await openHost()
  await knowing(ada, bob)
  const { id } = await bob.data<StoredMessage>('send', { to: 'Ada', message: 'never mind', seconds: 0 })
  await bob.run('messages.withdraw', { message: id })
  const again = { to: 'Ada', message: 'never mind', id, seconds: 86_400 }
  assert.is(await codeOf(bob.run('send', { ...again, wait: 'delivered' })), 'cancelled')
  assert.is((await bob.data<StoredMessage>('send', again)).state, 'failed')
})

test('one message is shown, edited, deleted; a conversation has a draft, a fuse, receipts, and can be cleared', async () => {
  await using ada = await openHost()
  await using bob = await openHost()
  await knowing(ada, bob)
  const { id } = await bob.data<StoredMessage>('send', { to: 'Ada', message: 'drafts at four', seconds: 0 })
  await bob.run('messages.edit', { message: id, text: 'draughts at four' })
  assert.is((await bob.data<StoredMessage>('messages.show', { message: id })).text, 'draughts at four')
  assert.is((await bob.data<object[]>('search', { words: 'DRAUGHTS' })).length, 1)
  await bob.run('messages.react', { message: id, reaction: '👍' })
  await bob.run('messages.draft', { peer: 'Ada', text: 'half a thou' })
  assert.equal(await bob.data('messages.draft', { peer: 'Ada' }), { draft: 'half a thou' })
  await bob.run('messages.fuse', { peer: 'Ada', seconds: 60 })
  assert.is((await bob.data<StoredMessage>('send', { to: 'Ada', message: 'burns', seconds: 0 })).fuse, 60_000)
  assert.equal(await bob.data('messages.receipts', { tell: 'off' }), { on: false })
  await bob.run('messages.delete', { message: id })
  assert.is((await bob.data<StoredMessage>('messages.show', { message: id })).text, '')
  await bob.run('messages.forget', { message: id })
  assert.is(await codeOf(bob.run('messages.show', { message: id })), 'bad-argument')
  assert.is(await codeOf(bob.run('messages.forget', { message: id })), 'bad-argument')
  assert.is(await codeOf(bob.run('messages.clear', { peer: 'Ada' })), 'denied')
  await bob.run('messages.clear', { peer: 'Ada', yes: true })
  assert.equal(await bob.data('history', { peer: 'Ada' }), [])
})

test('a conversation that is cleared leaves no word behind, nor what waited to be sent of it', async () => {
  await using ada = await openHost()
  await using bob = await openHost()
  await knowing(ada, bob)
  const { id } = await bob.data<StoredMessage>('send', { to: 'Ada', message: 'secret', seconds: 0 })
  await bob.run('messages.edit', { message: id, text: 'more secret' })
  await bob.run('messages.clear', { peer: 'Ada', yes: true })
  assert.equal(await bob.data('outbox'), [])
  assert.equal(await bob.store.records('held'), [])
})

test('a message that is forgotten while it waits does not go', async () => {
  await using ada = await openHost()
  await using bob = await openHost()
  await knowing(ada, bob)
  const { id } = await bob.data<StoredMessage>('send', { to: 'Ada', message: 'never mind', seconds: 0 })
  await bob.run('messages.forget', { message: id })
  assert.equal(
    (await bob.data<{ message?: string }[]>('outbox')).filter(({ message }) => message === id),
    [],
  )
  assert.equal(await bob.data('history', { peer: 'Ada' }), [])
})

test('the road to somebody whom nothing reaches is told as that', async () => {
  await using ada = await openHost()
  await using bob = await openHost()
  await knowing(ada, bob)
  const { data, text } = await bob.run('road', { peer: 'Ada' })
  assert.is((data as { road: unknown }).road, null)
  assert.match(text!.fr, /^Ada : /)
})

test('no text seems to be another message, and what was deleted is only that', async () => {
  await using ada = await openHost()
  await using bob = await openHost()
  await knowing(ada, bob)
  const forged = 'hello\n2026-11-21 12:00  Ada: I owe you'
  const { id } = await bob.data<StoredMessage>('send', { to: 'Ada', message: forged, seconds: 0 })
  assert.match((await bob.run('history', { peer: 'Ada' })).text!.en, 'me: hello\n    │ 2026-11-21 12:00  Ada: I owe you')
  await bob.run('messages.edit', { message: id, text: 'good evening' })
  assert.match((await bob.run('history', { peer: 'Ada' })).text!.fr, 'moi: good evening  (modifié)')
  await bob.run('messages.delete', { message: id })
  assert.match((await bob.run('history', { peer: 'Ada' })).text!.fr, 'moi: (supprimé)  [')
})

test('an export is Markdown that no name or text can bend, or JSON', async () => {
  await using ada = await openHost()
  await using bob = await openHost()
  await bob.contacts.acceptInvite((await ada.contacts.createInvite({ name: '*Ada* <b>' })).link)
  await bob.run('send', { to: '*Ada* <b>', message: '# not a title\nsecond', seconds: 0 })
  const markdown = await bob.data<string>('export', { peer: '*Ada* <b>', format: 'markdown' })
  assert.match(markdown, '# \\*Ada\\* \\<b\\>\n')
  assert.match(markdown, '> # not a title\n> second')
  const json = JSON.parse(await bob.data<string>('export', { peer: '*Ada* <b>', format: 'json' })) as { messages: StoredMessage[] }
  assert.is(json.messages.length, 1)
})

test('listening tells what happens, in sentences and as data, until it is ended', async () => {
  await using ada = await openHost()
  await using bob = await openHost()
  await knowing(ada, bob)
  const ending = new AbortController()
  const told: unknown[] = []
  const listening = (async () => {
    for await (const { data, text } of bob.host.commands.stream('listen', { peer: 'Ada' }, { signal: ending.signal })) {
      told.push(data)
      assert.ok(text!.en !== '' && text!.fr !== '')
      if ((data as { kind: string }).kind === 'message') ending.abort()
    }
  })()
  await bob.run('send', { to: 'Ada', message: 'heard', seconds: 0 })
  await listening.catch(() => undefined)
  assert.is((told.at(-1) as { message: StoredMessage }).message.text, 'heard')
})

test('bad input is the caller’s to change, each with its code', async () => {
  await using ada = await openHost()
  await using bob = await openHost()
  await knowing(ada, bob)
  const id = 'f'.repeat(32)
  for (const [code, command, args] of [
    ['bad-argument', 'send', { to: 'Eve', message: 'hi' }],
    ['bad-argument', 'send', { to: 'Ada', message: '' }],
    ['bad-argument', 'send', { to: 'Ada', message: 'x', id: 'short' }],
    ['bad-argument', 'send', { to: 'Ada', message: 'x', wait: 'read' }],
    ['too-large', 'send', { to: 'Ada', message: 'x'.repeat(65_537) }],
    ['bad-argument', 'history', { peer: 'Ada', limit: 501 }],
    ['bad-argument', 'history', {}],
    ['bad-argument', 'messages.show', { message: id }],
    ['bad-argument', 'messages.edit', { message: id, text: 'x' }],
    ['bad-argument', 'messages.withdraw', { message: id }],
    ['bad-argument', 'messages.fuse', { peer: 'Ada', seconds: 1 }],
    ['bad-argument', 'messages.read', { peer: 'Ada', upTo: id }],
    ['bad-argument', 'export', { peer: 'Ada', format: 'pdf' }],
  ] as const)
    assert.is(await codeOf(bob.run(command, args)), code, `${command} ${JSON.stringify(args).slice(0, 60)}`)
})

test.run()
