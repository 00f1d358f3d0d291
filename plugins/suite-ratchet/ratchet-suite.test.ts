import { definePlugin, isPalabreError } from '@palabre/sdk'
import { proveAll } from '@palabre/sdk/conformance/law'
import { suiteLaws, type SuitePerson, type SuiteSubject } from '@palabre/sdk/conformance/suite'
import { Asker } from '@palabre/sdk/contract/asker'
import { Identity } from '@palabre/sdk/contract/identity'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { Suite } from '@palabre/sdk/contract/suite'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createRatchetSuite } from './ratchet-suite.ts'

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

/** One person on one machine, with a real vault and a real identity. */
async function openPerson(primitives: string) {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-suite-'))
  const plugins = [import.meta.dirname, beside('identity-seed'), beside('vault-file'), beside(primitives), hostOf(folder)]
  const open = () => startTestHost({ plugins, lend: { identity: Identity, primitives: Primitives, suites: Suite } })
  let host = await open()
  const only = () => [...host.lent.suites][0]!
  const { signingKey, agreementKey } = host.lent.identity
  const person: SuitePerson = {
    get suite() {
      return only()
    },
    signingKey,
    agreementKey,
    async restarted() {
      await host.stop()
      host = await open()
    },
  }
  return {
    person,
    /** The same person's suite with a few things of another one's. */
    disguised(as: Partial<Identity>) {
      const { identity, primitives } = host.lent
      return createRatchetSuite({ identity: { ...identity, ...as }, primitives, clock: host.clock })
    },
    identity: () => host.lent.identity,
    async close() {
      await host.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

type Person = Awaited<ReturnType<typeof openPerson>>

for (const primitives of ['primitives-node', 'primitives-noble']) {
  const test = suite(`with ${primitives}`)

  // A suite keeps nothing, so the same three people can prove every law.
  const people = Promise.all(['ada', 'ben', 'eve'].map(async () => openPerson(primitives)))
  const open = async (): Promise<{ subject: SuiteSubject; close(): Promise<void> }> => {
    const [ada, ben, eve] = (await people).map(({ person }) => person)
    return { subject: { ada: ada!, ben: ben!, eve: eve! }, close: async () => {} }
  }
  test.after(async () => {
    for (const { close } of await people) await close()
  })

  proveAll(test, suiteLaws, open)

  test('who claims to be another is not heard, whatever of theirs is public', async () => {
    const [ada, ben, eve] = (await people) as [Person, Person, Person]
    const { signingKey, agreementKey, agreementSignature } = ada.identity()
    const given = ben.person.suite.offer(ben.person.suite.createPrekeys(0), { once: true })
    const heardFrom = async (liar: Suite) => {
      const { sealed } = liar.seal(liar.begin(given.offer, ben.person.signingKey), new Uint8Array())
      return (await ben.person.suite.answer(given.prekeys, sealed, async () => undefined))?.them
    }
    assert.is(await heardFrom(eve.disguised({ signingKey })), undefined)
    assert.is(await heardFrom(eve.disguised({ signingKey, agreementSignature })), undefined)
    assert.is(await heardFrom(eve.disguised({ signingKey, agreementKey, agreementSignature })), undefined)
    assert.throws(() => ben.person.suite.begin(given.offer, ben.person.signingKey), undefined, 'nor does one talk to oneself')
    assert.equal(await heardFrom(eve.disguised({})), eve.person.signingKey)
  })

  test('keys of low order, however well signed, are refused', async () => {
    const [ada, ben] = (await people) as [Person, Person]
    const { suite: ours } = ben.person
    const { offer } = ours.offer(ours.createPrekeys(0), { once: true })
    // prekey, KEM key, one-time key: where they stand in an offer.
    for (const [at, length] of [
      [129, 32],
      [161, 1184],
      [1349, 32],
    ] as const) {
      const unsigned = offer.slice(0, -64)
      unsigned.fill(length === 32 ? 0 : 0xff, at, at + length)
      const bad = Uint8Array.of(...unsigned, ...ben.identity().sign('prekey', unsigned))
      assert.throws(
        () => ada.person.suite.begin(bad, ben.person.signingKey),
        (error: unknown) => isPalabreError(error) && error.code === 'peer-misbehaved',
      )
    }
    const same = offer.slice(0, -64)
    assert.ok(ada.person.suite.begin(Uint8Array.of(...same, ...ben.identity().sign('prekey', same)), ben.person.signingKey))
  })
  test.run()
}
