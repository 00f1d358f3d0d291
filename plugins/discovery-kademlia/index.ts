import { definePlugin, settings } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Discovery } from '@palabre/sdk/contract/discovery'
import type { TableSettings } from './table.ts'

export const plugin = definePlugin({
  needs: { clock: Clock },
  provides: { discovery: Discovery },
  config: settings<TableSettings>(),
  async start({ clock }, { config, log }) {
    // Imported here, so that reading what plugins there are costs nothing.
    const { distributedTable } = await import('./table.ts')
    return { discovery: distributedTable({ ...config, clock, log }) }
  },
})
