import { definePlugin, optional, PalabreError, text } from '@palabre/sdk'
import { Asker } from '@palabre/sdk/contract/asker'
import { reply } from '@palabre/sdk/contract/command'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { Vault } from '@palabre/sdk/contract/vault'
import { openBrowserVault } from './open-vault.ts'

export const plugin = definePlugin({
  needs: { primitives: Primitives, asker: optional(Asker) },
  provides: { vault: Vault },
  async start({ primitives, asker }, scope) {
    const { signal } = scope
    const question = text('Passphrase of your vault:', 'Phrase secrète de votre coffre :')
    const vault = await openBrowserVault({
      primitives,
      askPassphrase: () => scope.unhurried(asker.current?.secret(question, 'passphrase', { signal }) ?? Promise.resolve(undefined)),
      signal,
    })
    scope.onStop(() => vault.close())
    scope.command('vault.lock', () => {
      scope.fail(new PalabreError('denied', lockedText, { todo: reopenText }))
      return reply({ locked: true }, text(`Locked. ${reopenText.en}`, `Verrouillé. ${reopenText.fr}`))
    })
    return { vault }
  },
})

const lockedText = text('the vault is locked', 'le coffre est verrouillé')
const reopenText = text('Switch vault-browser on to open it again.', 'Activez vault-browser pour le rouvrir.')
