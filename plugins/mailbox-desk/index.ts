import { definePlugin } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { MailboxDesk } from '@palabre/sdk/contract/mailbox-desk'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { createMailboxDesk } from './mailbox-desk.ts'

export const plugin = definePlugin({
  needs: { primitives: Primitives, clock: Clock },
  provides: { desk: MailboxDesk },
  start: (needs) => ({ desk: createMailboxDesk(needs) }),
})
