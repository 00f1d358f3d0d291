import { definePlugin } from '@palabre/sdk'
import { Commands } from '@palabre/sdk/contract/command'
import { Port } from '@palabre/sdk/contract/port'
import { createLocalPort } from './local-port.ts'

export const plugin = definePlugin({
  needs: { commands: Commands },
  provides: { port: Port },
  start: ({ commands }, scope) => ({ port: createLocalPort(commands, scope.signal) }),
})
