import { definePlugin, settings, text } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { reply } from '@palabre/sdk/contract/command'
import { mailboxWire } from '@palabre/sdk/contract/mailbox-wire'
import { Network } from '@palabre/sdk/contract/network'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { limits } from './limits.ts'
import { createMailboxServer } from './mailbox-server.ts'

export const plugin = definePlugin({
  needs: { network: Network, primitives: Primitives, clock: Clock, folder: ProfileFolder },
  config: settings<{ maxQueues: number }>(),
  async start({ network, primitives, clock, folder }, scope) {
    const { maxQueues } = scope.config
    // The driver is heavy.
    const [{ createQueueStore }, { openSqlite }] = await Promise.all([import('./database-store.ts'), import('./sqlite-kind.ts')])
    const store = createQueueStore(openSqlite(folder.file('mailbox.db')), { maxQueues })
    const server = createMailboxServer({ store, primitives, clock, log: scope.log })
    scope.onStop(() => server.close())
    scope.use(network.protocol(mailboxWire.protocol, server.serve))
    scope.every(limits.sweep, () => server.sweep())
    scope.command('mailbox.counts', async () => {
      const { queues, blocks } = await store.counts()
      return reply({ queues, blocks }, text(`${queues} queues, ${blocks} blocks`, `${queues} files, ${blocks} blocs`))
    })
    await server.sweep()
  },
})
