import { definePlugin } from '@palabre/sdk'
import { Face } from '@palabre/sdk/contract/face'
import { Port } from '@palabre/sdk/contract/port'
import { View } from '@palabre/sdk/contract/view'
import { followNetwork } from './follow-network.ts'
import { defineNetwork, panelTag, statusTag } from './network-panel.ts'
import { words } from './words.ts'

export const plugin = definePlugin({
  needs: { port: Port, face: Face },
  provides: { panel: View, status: View },
  start({ port, face }, scope) {
    defineNetwork()
    const network = followNetwork({ port, signal: scope.signal, after: (ms, fn) => scope.after(ms, fn) })
    const properties = { face, port, network }
    return {
      panel: {
        id: 'network',
        title: words.title,
        place: 'panel',
        order: 70,
        icon: 'M12 4a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5ZM5.5 15a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5ZM18.5 15a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5ZM10.8 8.6 6.8 15.2M13.2 8.6l4 6.6M8 17.5h8',
        tag: panelTag,
        properties,
      },
      status: { id: 'network-status', title: words.title, place: 'status', order: 10, tag: statusTag, properties },
    }
  },
})
