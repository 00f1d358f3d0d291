import { definePlugin } from '@palabre/sdk'
import { proveAll } from '@palabre/sdk/conformance/law'
import { suiteLaws, type SuitePerson, type SuiteSubject } from '@palabre/sdk/conformance/suite'
import { Asker } from '@palabre/sdk/contract/asker'
import { Identity } from '@palabre/sdk/contract/identity'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { Suite } from '@palabre/sdk/contract/suite'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'

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
  const open = () => startTestHost({ plugins, lend: { identity: Identity, suites: Suite } })
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
    async close() {
      await host.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

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
  test.run()
}
