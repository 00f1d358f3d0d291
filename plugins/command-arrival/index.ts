import { definePlugin, optional } from '@palabre/sdk'
import { Arrival } from '@palabre/sdk/contract/arrival'
import { LinkOpener } from '@palabre/sdk/contract/link-opener'
import { arrivalCommands } from './arrival-commands.ts'
import { linksHere } from './links-here.ts'

export const plugin = definePlugin({
  needs: { arrival: Arrival, opener: optional(LinkOpener) },
  start({ arrival, opener }, scope) {
    const commands = arrivalCommands(arrival)
    scope.command('arrival.show', commands.show)
    scope.command('arrival.settle', commands.settle)
    scope.command('arrival.watch', commands.watch)
    scope.command('arrival.links', (args: { here?: 'on' | 'off' }) => linksHere(opener.current, args))
  },
})
