import { definePlugin, settings, text } from '@palabre/sdk'
import { Clock } from '@palabre/sdk/contract/clock'
import { reply } from '@palabre/sdk/contract/command'
import { ProfileFolder } from '@palabre/sdk/contract/profile-folder'
import { SignalServer } from '@palabre/sdk/contract/signal-server'
import { limits } from './limits.ts'
import type { ServerSettings } from './open-server.ts'

export const plugin = definePlugin({
  needs: { clock: Clock, folder: ProfileFolder },
  provides: { server: SignalServer },
  config: settings<ServerSettings & { announce: readonly string[] }>(),
  async start({ clock, folder }, scope) {
    // Imported here, so that reading what plugins there are costs nothing.
    const [{ openServer }, { keptPort, keepPort }] = await Promise.all([import('./open-server.ts'), import('./kept-port.ts')])
    const { announce, ...wanted } = scope.config
    const file = folder.file('signal-port')
    const before = wanted.port === 0 ? await keptPort(file) : undefined
    const server = await openServer({ ...wanted, port: before ?? wanted.port }, clock).catch((error: unknown) => {
      // Somebody else has that port now.
      if (before === undefined) throw error
      return openServer(wanted, clock)
    })
    scope.onStop(() => server.close())
    scope.every(limits.sweep, () => server.sweep())
    if (server.port !== before && wanted.port === 0) await keepPort(file, server.port)
    scope.command('signal.counts', () => {
      const { sockets, rooms } = server.counts()
      return reply({ sockets, rooms }, text(`${sockets} sockets, ${rooms} rooms`, `${sockets} connexions, ${rooms} salles`))
    })
    const addresses = (hosts: readonly string[]) =>
      announce.length > 0
        ? announce
        : [...new Set(hosts)].map((host) => `ws://${host.includes(':') ? `[${host}]` : host}:${server.port}`)
    return { server: { addresses, counts: server.counts } }
  },
})
