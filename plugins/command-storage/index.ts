import { definePlugin, optional } from '@palabre/sdk'
import { Messenger } from '@palabre/sdk/contract/messenger'
import { browserStorage } from './browser-storage.ts'
import { storageCommands } from './storage-commands.ts'

export const plugin = definePlugin({
  needs: { messenger: optional(Messenger) },
  start({ messenger }, scope) {
    const storage = browserStorage()
    const commands = storageCommands(storage)
    scope.command('storage.show', commands.show)
    scope.command('storage.keep', commands.keep)
    let isAsked = false
    messenger.watch((one) => {
      const watching = one.watch((event) => {
        if (isAsked || event.kind !== 'message' || event.message.state === 'received') return
        isAsked = true
        storage.askToKeep().catch((error: unknown) => scope.log.warn('the browser did not answer', { error: String(error) }))
      })
      return () => watching[Symbol.dispose]()
    })
  },
})
