import { definePlugin, settings, text } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { reply } from '@palabre/sdk/contract/command'
import { mailboxWire } from '@palabre/sdk/contract/mailbox-wire'
import { Network } from '@palabre/sdk/contract/network'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { limits } from './limits.ts'
import { createMailboxServer } from './mailbox-server.ts'
import { openStore, type MailboxSettings } from './open-store.ts'
import { createStoreKeeper } from './store-keeper.ts'

export const plugin = definePlugin({
  needs: { network: Network, primitives: Primitives, clock: Clock, folder: ProfileFolder },
  config: settings<MailboxSettings>(),
  async start({ network, primitives, clock, folder }, scope) {
    const keeper = createStoreKeeper({
      open: () => openStore(scope.config, folder),
      async begin(store) {
        const server = createMailboxServer({ store, primitives, clock, log: scope.log })
        scope.onStop(() => server.close())
        scope.use(network.protocol(mailboxWire.protocol, server.serve))
        scope.every(limits.sweep, () => server.sweep())
        await server.sweep()
      },
      log: scope.log,
    })
    await keeper.tend()
    scope.every(limits.tend, () => keeper.tend().catch((error: unknown) => scope.fail(error)))
    scope.command('mailbox.counts', async () => {
      const { queues, blocks } = await keeper.current().counts()
      return reply({ queues, blocks }, text(`${queues} queues, ${blocks} blocks`, `${queues} files, ${blocks} blocs`))
    })
  },
})
