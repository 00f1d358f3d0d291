import { definePlugin, text } from '@palabre/sdk'
import { Port } from '@palabre/sdk/contract/port'
import { View } from '@palabre/sdk/contract/view'
import { createBoard } from './board.ts'
import { definePanel, panelTag } from './plugins-panel.ts'

export const plugin = definePlugin({
  needs: { port: Port },
  provides: { view: View },
  start({ port }, scope) {
    definePanel()
    const board = createBoard({ port, self: scope.id, signal: scope.signal, after: (ms, fn) => scope.after(ms, fn) })
    return {
      view: { id: 'plugins', title: text('Plugins', 'Plugins'), place: 'panel', tag: panelTag, properties: { board } },
    }
  },
})
