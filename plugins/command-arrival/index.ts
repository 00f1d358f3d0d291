import { definePlugin } from '@palabre/sdk'
import { Arrival } from '@palabre/sdk/contract/arrival'
import { arrivalCommands } from './arrival-commands.ts'

export const plugin = definePlugin({
  needs: { arrival: Arrival },
  start({ arrival }, scope) {
    const commands = arrivalCommands(arrival)
    scope.command('arrival.show', commands.show)
    scope.command('arrival.settle', commands.settle)
    scope.command('arrival.watch', commands.watch)
  },
})
