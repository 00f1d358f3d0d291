import { plugin as honest } from '@palabre/mailbox-desk'
import { definePlugin, settings, text } from '@palabre/sdk'
import type { ByteStream } from '@palabre/sdk/contract/byte-stream'
import { Clock } from '@palabre/sdk/contract/clock'
import { reply } from '@palabre/sdk/contract/command'
import { MailboxDesk } from '@palabre/sdk/contract/mailbox-desk'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { seededRandom } from '@palabre/sdk/testkit'
import { bentStore, type Malice } from '../bent-store.ts'
import { cutAnywhere } from '../cut-stream.ts'

export interface BentSettings {
  readonly seed: number
  readonly malice: Malice
  /** So many streams end somewhere in the middle. */
  readonly cuts: number
}

/** The desk as it stands in its folder, in front of a store that does wrong, at the end of streams that break off. */
export const plugin = definePlugin({
  needs: { primitives: Primitives, clock: Clock },
  provides: { desk: MailboxDesk },
  config: settings<BentSettings>(),
  async start(needs, scope) {
    const { seed, malice, cuts } = scope.config
    const random = seededRandom(seed)
    const { bend, times } = bentStore(random, malice)
    const cut = cutAnywhere(random, cuts)
    let streams = 0
    const { desk } = (await honest.start(needs, scope)) as { desk: MailboxDesk }
    scope.command('bent.times', () =>
      reply({ ...times, cut: Math.min(streams, cuts) }, text('How often it did what.', 'Combien de fois il a fait quoi.')),
    )
    return {
      desk: {
        open(store, log) {
          const { serve, close } = desk.open(bend(store), log)
          return {
            serve(stream: ByteStream) {
              streams += 1
              return serve(cut(stream))
            },
            close,
          }
        },
      },
    }
  },
})
