import { definePlugin, settings } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { Primitives } from '@palabre/sdk/contract/primitives'
import { Signal } from '@palabre/sdk/contract/signal'

export const plugin = definePlugin({
  needs: { primitives: Primitives, clock: Clock },
  provides: { signal: Signal },
  config: settings<{ servers: readonly string[] }>(),
  async start({ primitives, clock }, { config, log, signal }) {
    const [{ createRoomSignal }, { openSocket }] = await Promise.all([import('./room-signal.ts'), import('#open-socket')])
    return { signal: createRoomSignal({ servers: config.servers, openSocket, primitives, clock, log, stopped: signal }) }
  },
})
