import { definePlugin } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Upgrade } from '@palabre/sdk/contract/upgrade'
import { tcpPunch } from './tcp-punch.ts'

export const plugin = definePlugin({
  needs: { clock: Clock },
  provides: { upgrade: Upgrade },
  start: ({ clock }, { log }) => ({ upgrade: { name: 'tcp-punch', rank: 30, create: tcpPunch(clock, log) } }),
})
