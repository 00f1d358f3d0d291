import type { Page } from 'playwright-core'
import type { OtherPlugin } from '../browser/web-host.ts'

/**
 * A plugin of others that proves the laws of the store and of the vault in the page itself: through the kernel, under its policy,
 * over the real database. Each law begins with an empty one.
 */
export const suitePlugin: OtherPlugin = {
  id: 'suite',
  manifest: { needs: ['plugins@1'], optional: ['store@1', 'vault@1'], provides: ['asker@1'] },
  code: `import { definePlugin, optional } from '@palabre/sdk'
import { keptStoreLaws, storeLaws } from '@palabre/sdk/conformance/store'
import { vaultLaws } from '@palabre/sdk/conformance/vault'
import { Asker } from '@palabre/sdk/contract/asker'
import { Plugins } from '@palabre/sdk/contract/plugins'
import { Store } from '@palabre/sdk/contract/store'
import { Vault } from '@palabre/sdk/contract/vault'

export const plugin = definePlugin({
  needs: { plugins: Plugins, store: optional(Store), vault: optional(Vault) },
  provides: { asker: Asker },
  start({ plugins, store, vault }) {
    const answers = []
    const forget = (name) => new Promise((resolve, reject) => Object.assign(indexedDB.deleteDatabase(name), { onsuccess: resolve, onerror: reject, onblocked: reject }))
    const restart = async (id) => {
      await plugins.disable(id)
      await plugins.enable(id)
    }
    const fresh = async (id, name) => {
      await plugins.disable(id)
      await forget(name)
      await plugins.enable(id)
    }
    const openStore = async () => {
      await fresh('store-indexeddb', 'palabre-store')
      const reopen = async () => (await restart('store-indexeddb'), store.current)
      return { kept: { store: store.current, reopen }, close: async () => {} }
    }
    const openVault = async () => {
      await fresh('vault-browser', 'palabre-vault')
      const reopen = async (passphrase) => {
        answers[0] = passphrase
        await restart('vault-browser')
        return vault.current
      }
      return { subject: { vault: vault.current, reopen }, close: async () => {} }
    }
    const suites = {
      store: [storeLaws, async () => { const { kept, close } = await openStore(); return { subject: kept.store, close } }],
      'kept store': [keptStoreLaws, async () => { const { kept, close } = await openStore(); return { subject: kept, close } }],
      vault: [vaultLaws, openVault],
    }
    const prove = async (suite, name) => {
      const [laws, open] = suites[suite]
      try {
        await laws.find((law) => law.name === name).prove(open)
        return 'proved'
      } catch (error) {
        return String(error.stack ?? error) + ' ' + (error.details ?? '')
      }
    }
    Object.assign(globalThis, { suite: { prove, plugins, store, vault, answers, restart, forget } })
    return { asker: { isAttended: false, secret: async () => answers.shift() } }
  },
})`,
}

/** Resolves with 'proved', or with what stood against it. */
export function proveInPage(page: Page, suite: 'store' | 'kept store' | 'vault', law: string): Promise<unknown> {
  return page.evaluate(`suite.prove(${JSON.stringify(suite)}, ${JSON.stringify(law)})`)
}
