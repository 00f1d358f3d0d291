import { definePlugin } from '@palabre/sdk'
import { Asker } from '@palabre/sdk/contract/asker'
import { Contacts } from '@palabre/sdk/contract/contacts'
import { Identity } from '@palabre/sdk/contract/identity'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { Route } from '@palabre/sdk/contract/route'
import { Store } from '@palabre/sdk/contract/store'
import { startTestHost, testPlugin } from '@palabre/sdk/testkit'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const others = ['store-memory', 'identity-seed', 'vault-file', 'primitives-node', 'suite-ratchet', 'keyring-store']

/** A book with everything real below it, and a road that leads to `somewhere`. */
export async function openTestBook(more: { readonly without?: readonly string[] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-book-'))
  const lending = definePlugin({
    provides: { folder: ProfileFolder, asker: Asker, road: Route },
    start: () => ({
      folder: { file: (name: string) => join(folder, name) },
      asker: { isAttended: false, secret: async () => undefined },
      road: {
        name: 'road',
        rank: 1,
        open: () => ({ [Symbol.dispose]: () => undefined }),
        hints: () => ({ at: 'somewhere' }),
        watchHints: () => ({ [Symbol.dispose]: () => undefined }),
        carry: async () => ({ state: 'sent' as const }),
        pathTo: () => undefined,
      },
    }),
  })
  const folders = others.filter((id) => !(more.without ?? []).includes(id)).map((id) => join(import.meta.dirname, '..', id))
  const host = await startTestHost({
    plugins: [import.meta.dirname, ...folders, testPlugin('host-test', lending)],
    lend: { contacts: Contacts, identity: Identity, store: Store },
    besideOthers: true,
  })
  return {
    ...host.lent,
    clock: host.clock,
    host,
    async [Symbol.asyncDispose]() {
      await host.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
