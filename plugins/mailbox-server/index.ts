import { definePlugin, plural, settings, text } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { reply } from '@palabre/sdk/contract/command'
import { MailboxDesk } from '@palabre/sdk/contract/mailbox-desk'
import { mailboxWire } from '@palabre/sdk/contract/mailbox-wire'
import { Network } from '@palabre/sdk/contract/network'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { limits } from './limits.ts'
import { openStore, type MailboxSettings } from './open-store.ts'
import { createStoreKeeper } from './store-keeper.ts'

export const plugin = definePlugin({
  needs: { network: Network, desk: MailboxDesk, clock: Clock, folder: ProfileFolder },
  config: settings<MailboxSettings>(),
  async start({ network, desk, clock, folder }, scope) {
    const keeper = createStoreKeeper({
      open: () => openStore(scope.config, folder),
      async begin(store) {
        scope.onStop(() => store.close())
        const { serve, close } = desk.open(store, scope.log)
        scope.onStop(close)
        scope.use(network.protocol(mailboxWire.protocol, serve))
        scope.every(limits.sweep, () => store.sweep(clock.now()))
        await store.sweep(clock.now())
      },
      log: scope.log,
    })
    await keeper.tend()
    scope.every(limits.tend, () => keeper.tend().catch((error: unknown) => scope.fail(error)))
    scope.command('mailbox.counts', async () => {
      const store = keeper.current()
      if (store.trouble() !== undefined) throw store.trouble()
      const { queues, blocks } = await store.counts()
      const ofQueues = plural(queues, { en: { one: '# queue', other: '# queues' }, fr: { one: '# file', other: '# files' } })
      const ofBlocks = plural(blocks, { en: { one: '# block', other: '# blocks' }, fr: { one: '# bloc', other: '# blocs' } })
      return reply({ queues, blocks }, text(`${ofQueues.en}, ${ofBlocks.en}`, `${ofQueues.fr}, ${ofBlocks.fr}`))
    })
  },
})
