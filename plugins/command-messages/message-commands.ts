import { PalabreError, text } from '@palabre/sdk'
import { reply } from '@palabre/sdk/contract/command'
import type { Messenger } from '@palabre/sdk/contract/messenger'

interface Which {
  readonly message: string
}

export function messageCommands(messenger: Messenger) {
  return {
    async show({ message }: Which) {
      const found = await messenger.message(message)
      if (found === undefined) throw unknown(message)
      return reply(found)
    },
    edit: async ({ message, text: said }: Which & { text: string }) =>
      reply(await messenger.edit(message, said), text('Changed.', 'Modifié.')),
    delete: async ({ message }: Which) =>
      reply(await messenger.deleteForAll(message), text('Deleted for everybody.', 'Supprimé pour tout le monde.')),
    react: async ({ message, reaction }: Which & { reaction?: string }) =>
      reply(await messenger.react(message, reaction === '' ? undefined : reaction), text('Done.', 'Fait.')),
    withdraw: async ({ message }: Which) =>
      reply(await messenger.withdraw(message), text('Taken back: it does not go.', 'Repris : il ne part pas.')),
    async forget({ message }: Which) {
      await messenger.forget(message)
      return reply(null, text('Erased here.', 'Effacé ici.'))
    },
  }
}

function unknown(id: string): PalabreError {
  return new PalabreError('bad-argument', text(`there is no message ${id}`, `il n’y a pas de message ${id}`))
}
