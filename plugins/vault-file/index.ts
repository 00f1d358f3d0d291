import { definePlugin, PalabreError, text } from '@palabre/sdk'
import { Asker } from '@palabre/sdk/contract/asker'
import { reply } from '@palabre/sdk/contract/command'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { Vault } from '@palabre/sdk/contract/vault'
import { openVault } from './open-vault.ts'
import { changePassphrase } from './passphrase-command.ts'
import { openVaultFiles } from './vault-files.ts'

export const plugin = definePlugin({
  needs: { primitives: Primitives, folder: ProfileFolder, asker: Asker },
  provides: { vault: Vault },
  async start({ primitives, folder, asker }, scope) {
    const { signal } = scope
    const question = text('Passphrase of your vault:', 'Phrase secrète de votre coffre :')
    const vault = await openVault({
      primitives,
      files: openVaultFiles((name) => folder.file(name)),
      askPassphrase: () => scope.unhurried(asker.secret(question, 'passphrase', { signal })),
      signal,
    })
    scope.onStop(() => vault.close())

    scope.command<{ remove: boolean }>('vault.passphrase', ({ remove }, { signal: unwanted }) =>
      changePassphrase(vault, asker, remove, unwanted),
    )
    scope.command('vault.lock', () => {
      scope.fail(new PalabreError('denied', lockedText, { todo: reopenText }))
      const told = vault.hasPassphrase ? reopenText : openText
      return reply({ locked: true }, text(`Locked. ${told.en}`, `Verrouillé. ${told.fr}`))
    })
    return { vault }
  },
})

const lockedText = text('the vault is locked', 'le coffre est verrouillé')
const reopenText = text('Open it again: palabre plugins enable vault-file', 'Rouvrez-le : palabre plugins enable vault-file')
const openText = text(
  'As no passphrase is set, any Palabre that starts anew opens it without asking: palabre vault passphrase',
  'Sans phrase secrète, tout Palabre qui démarre l’ouvre sans rien demander : palabre vault passphrase',
)
