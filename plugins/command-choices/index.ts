import { definePlugin } from '@palabre/sdk'
import { Store } from '@palabre/sdk/contract/store'
import { choiceCommands } from './choice-commands.ts'
import { openChoices } from './kept-choices.ts'

export const plugin = definePlugin({
  needs: { store: Store },
  async start({ store }, scope) {
    const commands = choiceCommands(await openChoices(store))
    scope.command('choices.show', commands.show)
    scope.command('choices.keep', commands.keep)
    scope.command('choices.watch', commands.watch)
  },
})
