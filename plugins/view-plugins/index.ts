import { createWatched, definePlugin, optional, text } from '@palabre/sdk'
import { Face } from '@palabre/sdk/contract/face'
import { Port } from '@palabre/sdk/contract/port'
import { View } from '@palabre/sdk/contract/view'
import { createBoard } from './board.ts'
import { definePanel, panelTag } from './plugins-panel.ts'
import type { WayToSettings } from './row-context.ts'

export const plugin = definePlugin({
  needs: { port: Port, face: optional(Face), views: View },
  provides: { view: View },
  start({ port, face, views }, scope) {
    definePanel()
    const board = createBoard({ port, self: scope.id, signal: scope.signal, after: (ms, fn) => scope.after(ms, fn) })
    const settings = createWatched<WayToSettings | undefined>(undefined)
    views.watch(({ id }) => {
      if (id !== 'settings') return undefined
      settings.set((plugin) => face.current?.open(id, plugin))
      return () => settings.set(undefined)
    })
    return {
      view: {
        id: 'plugins',
        title: text('Plugins', 'Plugins'),
        place: 'panel',
        order: 80,
        icon: 'M10 4.5a2 2 0 0 1 4 0V7h4v4h1.5a2 2 0 0 1 0 4H18v5h-5v-1.5a2 2 0 0 0-4 0V20H5v-5h1a2 2 0 0 0 0-4H5V7h5Z',
        tag: panelTag,
        properties: { board, settings },
      },
    }
  },
})
