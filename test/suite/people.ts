import { definePlugin } from '@palabre/sdk'
import { Asker } from '@palabre/sdk/contract/asker'
import { Identity } from '@palabre/sdk/contract/identity'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { Suite } from '@palabre/sdk/contract/suite'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const pluginAt = (id: string) => join(import.meta.dirname, '../../plugins', id)

/** One person with the real suite, identity and vault; `primitives` may be watched. */
export async function openPerson(primitives: Primitives) {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-suite-'))
  const surroundings = testPlugin(
    'host-test',
    definePlugin({
      provides: { folder: ProfileFolder, asker: Asker, primitives: Primitives },
      start: () => ({
        folder: { file: (name: string) => join(folder, name) },
        asker: { isAttended: false, secret: async () => undefined },
        primitives,
      }),
    }),
  )
  const host = await startTestHost({
    plugins: [pluginAt('suite-ratchet'), pluginAt('identity-seed'), pluginAt('vault-file'), surroundings],
    lend: { identity: Identity, suites: Suite },
  })
  return {
    suite: [...host.lent.suites][0]!,
    identity: host.lent.identity,
    clock: host.clock,
    async [Symbol.asyncDispose]() {
      await host.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

export async function openPrimitives(id: 'primitives-node' | 'primitives-noble') {
  return startTestHost({ plugins: [pluginAt(id)], lend: { primitives: Primitives } })
}
