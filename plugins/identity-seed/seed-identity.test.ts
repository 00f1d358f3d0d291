import { definePlugin } from '@palabre/sdk'
import { identityLaws } from '@palabre/sdk/conformance/identity'
import { proveAll } from '@palabre/sdk/conformance/law'
import { Asker } from '@palabre/sdk/contract/asker'
import { Identity } from '@palabre/sdk/contract/identity'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const beside = (id: string) => new URL(`../${id}`, import.meta.url).pathname

function hostOf(folder: string) {
  return testPlugin(
    'host-test',
    definePlugin({
      provides: { folder: ProfileFolder, asker: Asker },
      start: () => ({
        folder: { file: (name: string) => join(folder, name) },
        asker: { isAttended: false, secret: async () => undefined },
      }),
    }),
  )
}

/** One person on one machine, with a real vault. */
async function openPerson() {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-identity-'))
  const plugins = [import.meta.dirname, beside('vault-file'), beside('primitives-node'), hostOf(folder)]
  const open = () => startTestHost({ plugins, lend: { identity: Identity } })
  let host = await open()
  return {
    identity: host.lent.identity,
    async restarted() {
      await host.stop()
      host = await open()
      return host.lent.identity
    },
    async close() {
      await host.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

proveAll(test, identityLaws, async () => {
  const [me, they] = [await openPerson(), await openPerson()]
  return {
    subject: { identity: me.identity, other: they.identity, restarted: me.restarted },
    async close() {
      await me.close()
      await they.close()
    },
  }
})

test('after a restoration all who use the identity start anew with the other one', async () => {
  const seen: string[] = []
  const user = testPlugin(
    'user',
    definePlugin({ needs: { identity: Identity }, start: ({ identity }) => void seen.push(identity.userId) }),
  )
  const folder = mkdtempSync(join(tmpdir(), 'palabre-identity-'))
  const plugins = [import.meta.dirname, beside('vault-file'), beside('primitives-node'), hostOf(folder), user]
  const they = await openPerson()
  {
    await using host = await startTestHost({ plugins, lend: { identity: Identity } })
    const before = host.lent.identity
    const phrase = await they.identity.phrase()
    const { promise: back, resolve } = Promise.withResolvers<void>()
    using _watching = host.plugins.watch(({ id, state }) => {
      if (id === 'user' && state === 'running') resolve()
    })
    await before.restore(phrase)
    await back
    assert.equal(seen, [before.userId, they.identity.userId])
  }
  await they.close()
  rmSync(folder, { recursive: true })
})

test('without the vault it is blocked, and says what is missing', async () => {
  await using host = await startTestHost({ plugins: [import.meta.dirname, beside('primitives-node')] })
  const { state, reason } = host.plugins.why('identity-seed').plugin
  assert.is(state, 'blocked')
  assert.match(reason!.en, 'vault')
})

test.run()
