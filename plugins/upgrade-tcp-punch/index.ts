import { definePlugin } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Upgrade } from '@palabre/sdk/contract/upgrade'

export const plugin = definePlugin({
  needs: { clock: Clock },
  provides: { upgrade: Upgrade },
  async start({ clock }, { log }) {
    // Imported here, so that reading what plugins there are costs nothing.
    const { punchProtocol, tcpPunch } = await import('./tcp-punch.ts')
    return { upgrade: { name: 'tcp-punch', rank: 30, tells: [punchProtocol], create: tcpPunch(clock, log) } }
  },
})
