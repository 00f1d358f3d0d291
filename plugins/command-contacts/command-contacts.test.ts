import { definePlugin, isPalabreError } from '@palabre/sdk'
import { Asker } from '@palabre/sdk/contract/asker'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const others = ['contacts-book', 'store-memory', 'identity-seed', 'vault-file', 'primitives-node', 'suite-ratchet', 'keyring-store']

/** The commands over a real book. */
async function openHost() {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-contacts-'))
  const lending = definePlugin({
    provides: { folder: ProfileFolder, asker: Asker },
    start: () => ({
      folder: { file: (name: string) => join(folder, name) },
      asker: { isAttended: false, secret: async () => undefined },
    }),
  })
  const folders = others.map((id) => join(import.meta.dirname, '..', id))
  const host = await startTestHost({
    plugins: [import.meta.dirname, ...folders, testPlugin('host-test', lending)],
    besideOthers: true,
  })
  const run = (id: string, args: object = {}) => host.commands.run(id, args)
  const data = async <T>(id: string, args: object = {}) => (await run(id, args)).data as T
  const close = async () => {
    await host.stop()
    rmSync(folder, { recursive: true })
  }
  return { run, data, [Symbol.asyncDispose]: close }
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    (error: unknown) => (isPalabreError(error) ? error.code : error),
  )

interface Shown {
  readonly id: string
  readonly name: string
  readonly policy: string
}

test('an invite is made, looked at, accepted, listed and revoked', async () => {
  await using ada = await openHost()
  await using bob = await openHost()
  assert.is((await ada.run('id.name', { name: 'Ada' })).text!.fr, 'Ada')
  const { link, id } = await ada.data<{ link: string; id: string }>('invite.create', { note: 'for Bob', days: 2 })
  assert.match((await ada.run('invite.list')).text!.en, `${id}  until`)
  assert.match((await bob.run('invite.read', { invite: link })).text!.fr, 'De Ada (pal1')
  assert.match((await bob.run('invite.accept', { invite: link })).text!.en, 'Ada is your contact')
  assert.match((await bob.run('contacts.list')).text!.fr, 'n’a pas encore répondu')
  await ada.run('invite.revoke', { id })
  assert.equal(await ada.data('invite.list'), [])
  assert.is(await codeOf(ada.run('invite.revoke', { id })), 'bad-argument')
})

test('a contact is shown with the number both compare, renamed, verified, blocked, led over relays only, exported and removed', async () => {
  await using ada = await openHost()
  await using bob = await openHost()
  const { link } = await ada.data<{ link: string }>('invite.create', { name: 'Ada' })
  const { id } = await bob.data<Shown>('invite.accept', { invite: link })
  const shown = await bob.run('contacts.show', { contact: 'ada' })
  assert.match((shown.data as { safetyNumber: string }).safetyNumber, /^\d{60}$/)
  assert.match(shown.text!.en, /(\d{5} ){3}\d{5}\n/)
  for (const secret of ['key', 'offer', 'hints', 'invite']) assert.not.ok(Object.hasOwn(shown.data as object, secret), secret)
  assert.is((await bob.data<Shown>('contacts.rename', { contact: id, name: 'Ada L.' })).name, 'Ada L.')
  assert.match((await bob.run('contacts.verify', { contact: id })).text!.fr, 'vérifié')
  await bob.run('contacts.block', { contact: id })
  assert.match((await bob.run('contacts.list')).text!.en, 'verified, blocked')
  await bob.run('contacts.unblock', { contact: id })
  assert.is((await bob.data<Shown>('contacts.policy', { contact: id, policy: 'relayed-only' })).policy, 'relayed-only')
  const file = await bob.data<string>('contacts.export')
  assert.is(await codeOf(bob.run('contacts.remove', { contact: id })), 'denied')
  await bob.run('contacts.remove', { contact: id, yes: true })
  assert.equal(await bob.data('contacts.import', { file }), { added: 1, known: 0 })
})

test('bad input is the caller’s to change', async () => {
  await using ada = await openHost()
  for (const [id, args] of [
    ['contacts.show', { contact: 'nobody' }],
    ['contacts.show', {}],
    ['contacts.rename', { contact: 'nobody', name: 'x' }],
    ['contacts.policy', { contact: 'nobody', policy: 'by pigeon' }],
    ['contacts.import', { file: '{}' }],
    ['invite.accept', { invite: 'https://example.org' }],
    ['invite.create', { days: 0 }],
    ['invite.create', { uses: 1_000_000 }],
    ['id.name', { name: '\u200b' }],
  ] as const)
    assert.is(await codeOf(ada.run(id, args)), 'bad-argument', `${id} ${JSON.stringify(args)}`)
})

test.run()
