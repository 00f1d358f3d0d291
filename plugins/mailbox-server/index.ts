import { definePlugin, settings, text } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { reply } from '@palabre/sdk/contract/command'
import { MailboxDesk } from '@palabre/sdk/contract/mailbox-desk'
import { mailboxWire } from '@palabre/sdk/contract/mailbox-wire'
import { Network } from '@palabre/sdk/contract/network'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { limits } from './limits.ts'

export const plugin = definePlugin({
  needs: { network: Network, desk: MailboxDesk, clock: Clock, folder: ProfileFolder },
  config: settings<{ maxQueues: number }>(),
  async start({ network, desk, clock, folder }, scope) {
    const { maxQueues } = scope.config
    // The driver is heavy.
    const [{ createQueueStore }, { openSqlite }] = await Promise.all([import('./database-store.ts'), import('./sqlite-kind.ts')])
    const store = createQueueStore(openSqlite(folder.file('mailbox.db')), { maxQueues })
    scope.onStop(() => store.close())
    const { serve, close } = desk.open(store, scope.log)
    scope.onStop(close)
    scope.use(network.protocol(mailboxWire.protocol, serve))
    scope.every(limits.sweep, () => store.sweep(clock.now()))
    scope.command('mailbox.counts', async () => {
      const { queues, blocks } = await store.counts()
      return reply({ queues, blocks }, text(`${queues} queues, ${blocks} blocks`, `${queues} files, ${blocks} blocs`))
    })
    await store.sweep(clock.now())
  },
})
